//! Packages and excerpts that hold or fail.

use serde_json::{Value, json};
use trail_seal::package::{Excerpt, InMemory, Line};

use super::{Content, Vector, schools};
use crate::document::School;
use crate::parcel::{self, Ledger, Parcel, parcel, pen, relist, sha256};

const VIEW: &str = "data/exhibits/JS-1/view-1.png";

/// Small: its form has no signature yet, and says so.
fn small(school: &School) -> Parcel {
    parcel(school, 0, 60)
}

pub(super) fn all() -> Vec<Vector> {
    let [school, stranger] = schools();
    let whole = small(&school).sealed(&school, 0);
    let other = small(&stranger).sealed(&stranger, 0);
    let mut all = Vec::new();
    let mut add = |name: &str, why: &str, package: InMemory| {
        let content = Content::Package(package);
        all.push(Vector { path: format!("packages/{name}"), why: why.to_owned(), content });
    };
    add("whole", "A package whose form nobody has signed yet, as its statement says. It holds.", whole.clone());
    let signed = parcel(&school, 1, 60).sealed(&school, 1);
    add("signed-once", "A package whose form the first person signed. It holds.", signed.clone());
    let practice = School::fixed(true, 0x31);
    add("practice", "A package of practice. It holds, and is not evidence.", small(&practice).sealed(&practice, 0));
    add("forged-school", "All of it holds, but for a school that somebody made up.", other.clone());

    let changed = |act: &dyn Fn(&mut InMemory)| {
        let mut package = whole.clone();
        act(&mut package);
        package
    };
    let mut flipped = whole.0[VIEW].clone();
    flipped[7] ^= 1;
    let flip = |package: &mut InMemory| drop(package.0.insert(VIEW.to_owned(), flipped.clone()));
    add("file-changed", "One bit of a picture is another.", changed(&flip));
    add("file-missing", "A picture is not there.", changed(&|package| drop(package.0.remove(VIEW))));
    add(
        "file-added",
        "A file is there that the list does not name.",
        changed(&|package| {
            package.0.insert("data/exhibits/JS-1/view-2.png".to_owned(), vec![1, 2, 3]);
        }),
    );
    add(
        "relisted",
        "A picture was changed, and both lists were written again.",
        changed(&|package| {
            flip(package);
            relist(package);
        }),
    );
    add(
        "restated",
        "The recipient was changed in the statement, and the lists were written again.",
        changed(&|package| {
            let text = String::from_utf8(package.0["statement.json"].clone()).unwrap();
            package.0.insert("statement.json".to_owned(), text.replace("Rowan Ellery", "Robin Hale").into_bytes());
            relist(package);
        }),
    );
    add(
        "statement-not-canonical",
        "The statement says the same in another form.",
        changed(&|package| {
            package.0.get_mut("statement.json").unwrap().push(b'\n');
            relist(package);
        }),
    );
    add(
        "signature-of-another",
        "The signature is that of another school's package.",
        changed(&|package| {
            package.0.insert("statement.p7s".to_owned(), other.0["statement.p7s"].clone());
            relist(package);
        }),
    );
    add(
        "signature-missing",
        "Nobody signs for it.",
        changed(&|package| {
            package.0.remove("statement.p7s");
            relist(package);
        }),
    );
    add(
        "list-in-capitals",
        "The list has its figures in capitals.",
        changed(&|package| {
            let text = String::from_utf8(package.0["manifest-sha256.txt"].clone()).unwrap();
            let lines = text.lines().map(|line| format!("{}{}\n", line[..64].to_uppercase(), &line[64..]));
            package.0.insert("manifest-sha256.txt".to_owned(), lines.collect::<String>().into_bytes());
        }),
    );
    add(
        "bagit-changed",
        "The declaration ends its lines in another way.",
        changed(&|package| {
            let text = String::from_utf8(package.0["bagit.txt"].clone()).unwrap();
            package.0.insert("bagit.txt".to_owned(), text.replace('\n', "\r\n").into_bytes());
            relist(package);
        }),
    );

    // What somebody can make who has a key of the school.
    let sealed = |act: &dyn Fn(&mut Parcel)| {
        let mut made = small(&school);
        act(&mut made);
        made.sealed(&school, 0)
    };
    add(
        "form-not-in-ledger",
        "Its form is one that no entry of the ledger names.",
        sealed(&|made| made.form.push(b'\n')),
    );
    add(
        "picture-not-in-ledger",
        "Its picture is one that no entry of the ledger names.",
        sealed(&|made| {
            made.picture[3] ^= 1;
        }),
    );
    add(
        "missing-not-stated",
        "A signature lacks that the statement does not say is missing.",
        sealed(&|made| {
            made.statement.documents[0].missing.pop();
        }),
    );
    add(
        "form-not-stated",
        "A form is there that the statement does not name.",
        sealed(&|made| {
            made.statement.documents.clear();
        }),
    );
    add("form-of-another-school", "Its form was signed under another authority.", {
        let made = parcel(&stranger, 1, 60);
        made.sealed(&school, 0)
    });
    add(
        "head-of-another-time",
        "The statement names another end of the ledger than the excerpt.",
        sealed(&|made| {
            made.statement.head.seq = "7".to_owned();
        }),
    );
    add(
        "other-case",
        "The excerpt is of another case than the statement.",
        sealed(&|made| {
            made.statement.case = "another".to_owned();
        }),
    );
    add(
        "entry-missing",
        "An entry was taken out of the excerpt.",
        sealed(&|made| {
            made.excerpt.lines.remove(4);
        }),
    );
    let copy = parcel::redacted(&school, "local-authority");
    add("redacted", "A redacted package: of the ledger only the hashes. It holds.", copy.clone());
    add("no-entries", "The same said to be for the police, who get the entries.", parcel::redacted(&school, "police"));
    let loose = parcel::loose(&copy);
    add("loose-redacted", "A redacted package as loose files. It holds.", loose.clone());
    let scattered = |act: &dyn Fn(&mut InMemory)| {
        let mut package = loose.clone();
        act(&mut package);
        package
    };
    let flat = "data__redacted__record-of-review.pdf";
    add("loose-file-changed", "One bit of a loose file is another.", {
        scattered(&|package| package.0.get_mut(flat).unwrap()[7] ^= 1)
    });
    add("loose-file-missing", "A loose file is not there.", scattered(&|package| drop(package.0.remove(flat))));
    add("loose-file-added", "A loose file is there that no list names.", {
        scattered(&|package| drop(package.0.insert("data__exhibits__JS-9__view-1.png".to_owned(), vec![1, 2, 3])))
    });
    add("loose-list-changed", "The list beside loose files has another hash.", {
        scattered(&|package| {
            let list = package.0.get_mut("hashes-sha256.txt").unwrap();
            list[0] = if list[0] == b'0' { b'1' } else { b'0' };
        })
    });
    all.extend(excerpts());
    all
}

fn excerpts() -> Vec<Vector> {
    let [school, _] = schools();
    let whole = small(&school).excerpt;
    let changed = |act: &dyn Fn(&mut Excerpt)| {
        let mut excerpt = whole.clone();
        act(&mut excerpt);
        excerpt
    };
    let entry = |excerpt: &mut Excerpt, act: &dyn Fn(&mut trail_seal::package::Entry)| {
        let Some(Line::Entry(entry)) = excerpt.lines.iter_mut().rev().find(|line| matches!(line, Line::Entry(_)))
        else {
            panic!("no entry")
        };
        act(entry);
    };
    let mut unknown = Ledger::new();
    parcel::keys(&mut unknown);
    unknown.write(&pen(9), Some(parcel::CASE), None, &json!({"kind": "case-opened"}));
    let mut alone = Ledger::new();
    parcel::keys(&mut alone);
    let mut session = parcel::session();
    session["second_signature"] = session["first_signature"].clone();
    alone.write(&pen(1), Some(parcel::CASE), None, &session);
    let lines = |excerpt: &Excerpt| excerpt.bytes().unwrap();
    let hashes = changed(&|excerpt| {
        excerpt.lines = excerpt.lines.iter().filter_map(|line| parcel::hash_of(line, excerpt.first)).collect();
    });
    let mut gap = hashes.clone();
    gap.lines.remove(2);
    [
        ("whole", "An excerpt. It holds.", lines(&whole)),
        ("line-missing", "A place has no line.", lines(&changed(&|excerpt| drop(excerpt.lines.remove(5))))),
        (
            "lines-exchanged",
            "Two lines stand in each other's place.",
            lines(&changed(&|excerpt| {
                let last = excerpt.lines.len() - 1;
                excerpt.lines.swap(last, last - 1);
            })),
        ),
        ("cut-short", "It ends before the head that it names.", lines(&changed(&|excerpt| drop(excerpt.lines.pop())))),
        ("other-head", "It names another head.", lines(&changed(&|excerpt| excerpt.head.1[0] ^= 1))),
        (
            "words-changed",
            "An entry says something else.",
            lines(&changed(&|excerpt| {
                entry(excerpt, &|entry| entry.body = None);
                let Some(Line::Entry(one)) = excerpt
                    .lines
                    .iter_mut()
                    .find(|line| matches!(line, Line::Entry(entry) if entry.kind == "case-opened"))
                else {
                    panic!("no such entry")
                };
                one.body = one.body.clone().map(|mut body| {
                    body.json = body.json.replace("placeholder", "replacement");
                    body
                });
            })),
        ),
        (
            "time-changed",
            "An entry was made at another time.",
            lines(&changed(&|excerpt| {
                entry(excerpt, &|entry| entry.at = "1795000000000001".to_owned());
            })),
        ),
        (
            "signature-changed",
            "An entry was not signed by its key.",
            lines(&changed(&|excerpt| {
                entry(excerpt, &|entry| entry.signature = "0".repeat(128));
            })),
        ),
        ("unknown-key", "An entry is signed with a key that no note names.", lines(&unknown.excerpt())),
        ("session-of-one", "One person certified a session for both.", lines(&alone.excerpt())),
        ("hashes-alone", "An excerpt of a redacted package. It holds.", lines(&hashes)),
        ("hash-missing", "The same without one place.", lines(&gap)),
        ("not-canonical", "It says the same with a blank more.", {
            let text = String::from_utf8(lines(&whole)).unwrap();
            text.replacen(":", ": ", 1).into_bytes()
        }),
    ]
    .into_iter()
    .map(|(name, why, bytes)| Vector {
        path: format!("excerpts/{name}.jsonl"),
        why: why.to_owned(),
        content: Content::Excerpt(bytes),
    })
    .collect()
}

/// Entries as they are typed from paper, and what must be found of each in an excerpt.
pub(super) fn heads() -> Vec<Value> {
    let [school, _] = schools();
    let whole = small(&school).excerpt;
    let right = hex::encode_upper(whole.hash_at(7).unwrap());
    let grouped: Vec<&str> = (0..16).map(|group| &right[group * 4..group * 4 + 4]).collect();
    let other = hex::encode_upper(sha256(b"another"));
    [
        ("excerpts/whole.jsonl", format!("7:{}", grouped.join(" ")), "holds"),
        ("packages/whole", format!("7:{right}"), "holds"),
        ("excerpts/whole.jsonl", format!("7:{other}"), "another hash"),
        ("excerpts/whole.jsonl", format!("8:{right}"), "another hash"),
        ("excerpts/whole.jsonl", format!("4,187:{right}"), "not here"),
    ]
    .map(|(path, head, found)| json!({"path": path, "head": head, "found": found}))
    .to_vec()
}
