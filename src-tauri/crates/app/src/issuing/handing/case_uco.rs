//! The exhibits of a package once more, in the words of the CASE and UCO ontologies (CASE 1.4.0 with UCO 1.4.0,
//! <https://caseontology.org>), as JSON-LD 1.1: for programs of the police that read it. An extra: whatever it says stands
//! in the metadata of the exhibits too.
//!
//! It says what was recorded and nothing else. What is not recorded has no member, since the ontology has no word for it.

use std::collections::BTreeMap;

use chrono::SecondsFormat;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use serde_json::{Map, Value, json};
use trail_domain::case::Stamp;
use trail_domain::event::capture::{Exhibit, ExhibitFile, ExhibitKind, Shows};
use trail_domain::ids::{Hash, PersonId};
use trail_domain::time::Moment;

use super::super::Paper;
use super::contents::Contents;
use crate::fault::Fault;
use crate::show::exhibits::addresses_withheld;
use crate::show::{addresses, continuity};

/// The file: the same bytes for the same record.
///
/// # Errors
/// - If it cannot be written.
pub(super) fn json(paper: &Paper<'_>, contents: &Contents) -> Result<Vec<u8>, Fault> {
    let case = hex::decode(paper.case().id().as_str())
        .map_err(|error| Fault::with("internal", "detail", error.to_string()))?;
    let withheld = addresses_withheld(&paper.scene);
    let mut graph = Graph { paper, contents, case, withheld, nodes: BTreeMap::new() };
    let exhibits = paper.case().exhibits().iter();
    let records: Vec<Value> = exhibits.map(|(stamp, _, exhibit)| graph.exhibit(stamp, exhibit)).collect();
    graph.add(
        "investigation",
        "",
        "case-investigation:Investigation",
        json!({ "uco-core:name": paper.case().reference().to_string(), "uco-core:object": records }),
    );
    let nodes: Vec<Value> = graph.nodes.into_values().collect();
    super::pretty(&json!({ "@context": context(), "@graph": nodes }))
}

fn context() -> Value {
    json!({
        "case-investigation": "https://ontology.caseontology.org/case/investigation/",
        "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
        "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
        "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
        "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
        "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
        "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

/// The things that are named, each once.
struct Graph<'a> {
    paper: &'a Paper<'a>,
    contents: &'a Contents,
    /// The case's id, 16 bytes: what is named here has a name made from it.
    case: Vec<u8>,
    withheld: bool,
    nodes: BTreeMap<String, Value>,
}

impl Graph<'_> {
    /// Adds a thing, and gives the reference to it. What has no value is left out.
    fn add(&mut self, kind: &str, key: &str, class: &str, says: Value) -> Value {
        let id = name(&self.case, kind, key);
        let mut node = Map::from_iter([("@id".to_owned(), id.clone().into()), ("@type".to_owned(), class.into())]);
        if let Value::Object(says) = says {
            let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            node.extend(says.into_iter().filter(|(_, value)| !is_empty(value)));
        }
        self.nodes.insert(id.clone(), Value::Object(node));
        reference(&id)
    }

    fn person(&mut self, person: &PersonId) -> Value {
        let name = self.paper.with_position(person);
        self.add("person", &person.to_string(), "uco-identity:Person", json!({ "uco-core:name": name }))
    }

    fn tool(&mut self, name: &str) -> Value {
        self.add("tool", name, "uco-tool:Tool", json!({ "uco-core:name": name }))
    }

    /// An exhibit, its files, and how it came about; gives the reference to the exhibit.
    fn exhibit(&mut self, stamp: &Stamp, exhibit: &Exhibit) -> Value {
        let mark = exhibit.mark.to_string();
        let files: Vec<Value> = exhibit.files.iter().map(|file| self.file(exhibit, file)).collect();
        let url = exhibit.address.as_ref().filter(|_| !self.withheld).map(|address| self.url(address));
        let [title, nature, concern] =
            [&exhibit.title, &exhibit.nature, &exhibit.concern].map(|words| self.words(words.as_str(), stamp, exhibit));
        let mut about = vec![format!("Nature of the content: {nature}"), format!("Reason for concern: {concern}")];
        if exhibit.address.is_some() && self.withheld {
            about.push(format!("Address withheld. It stands in entry {} of the ledger.", stamp.seq));
        }
        let record = self.add(
            "exhibit",
            &mark,
            "case-investigation:ProvenanceRecord",
            json!({
                "case-investigation:exhibitNumber": mark,
                "uco-core:name": title,
                "uco-core:description": about,
                "uco-core:object": files.iter().chain(&url).collect::<Vec<_>>(),
            }),
        );
        let results: Vec<Value> = [record.clone()].into_iter().chain(files).collect();
        let kept = self.kept(stamp, exhibit, url, results);
        for file in &exhibit.files {
            self.derived(exhibit, file, &kept);
        }
        self.happened(stamp, exhibit, &record, &kept);
        record
    }

    /// The act by which it was kept. Of a page the engine told when its loading began.
    fn kept(&mut self, stamp: &Stamp, exhibit: &Exhibit, url: Option<Value>, results: Vec<Value>) -> Value {
        let times = exhibit.page.as_ref().map(|page| page.times);
        let mut instruments = vec![self.tool("Evidence Trail")];
        instruments.extend(exhibit.page.as_ref().map(|page| self.tool(&page.engine)));
        let (operator, observer) = (self.person(&exhibit.operator), self.person(&exhibit.observer));
        self.add(
            "kept",
            &exhibit.mark.to_string(),
            "case-investigation:InvestigativeAction",
            json!({
                "uco-core:name": format!("{} as exhibit {}", act(exhibit.kind), exhibit.mark),
                "uco-core:description": format!("Entry {} of the ledger.", stamp.seq),
                "uco-action:performer": operator,
                "uco-action:participant": observer,
                "uco-action:startTime": times.map(|(began, _)| time(began)),
                "uco-action:endTime": time(times.map_or(exhibit.at, |(_, ended)| ended)),
                "uco-action:instrument": instruments,
                "uco-action:object": url,
                "uco-action:result": results,
            }),
        )
    }

    /// How a file was made from others. When, is not recorded by itself.
    fn derived(&mut self, exhibit: &Exhibit, file: &ExhibitFile, kept: &Value) {
        let Shows::Derived { from, how, .. } = &file.shows else { return };
        let sources = from.iter().flat_map(|hash| self.files_with(hash)).collect::<Vec<_>>();
        let tool = self.tool("Evidence Trail");
        self.add(
            "derived",
            &key(exhibit, file),
            "case-investigation:InvestigativeAction",
            json!({
                "uco-core:name": format!("Made {} from other files", file.name),
                "uco-core:description": how,
                "uco-action:instrument": tool,
                "uco-action:object": sources,
                "uco-action:result": reference(&name(&self.case, "file", &key(exhibit, file))),
                "case-investigation:wasInformedBy": kept,
            }),
        );
    }

    /// What happened to it once it was kept: its continuity, an act for each row.
    fn happened(&mut self, kept_at: &Stamp, exhibit: &Exhibit, record: &Value, kept: &Value) {
        let rows = continuity::rows(self.paper.case(), exhibit, self.paper.scene.phrases);
        for row in rows.iter().filter(|row| row.stamp.seq > kept_at.seq) {
            let performer = self.person(&row.stamp.by);
            self.add(
                "happened",
                &format!("{}/{}", exhibit.mark, row.stamp.seq),
                "case-investigation:InvestigativeAction",
                json!({
                    "uco-core:name": self.words(&row.what, kept_at, exhibit),
                    "uco-core:description": format!("Entry {} of the ledger.", row.stamp.seq),
                    "uco-action:performer": performer,
                    "uco-action:endTime": time(row.stamp.at),
                    "uco-action:object": record,
                    "case-investigation:wasInformedBy": kept,
                }),
            );
        }
    }

    /// The files of the case with these bytes.
    fn files_with(&self, hash: &Hash) -> Vec<Value> {
        let all = self
            .paper
            .case()
            .exhibits()
            .iter()
            .flat_map(|(_, _, exhibit)| exhibit.files.iter().map(move |file| (exhibit, file)));
        let these = all.filter(|(_, file)| file.sha256 == *hash);
        these.map(|(exhibit, file)| reference(&name(&self.case, "file", &key(exhibit, file)))).collect()
    }

    fn file(&mut self, exhibit: &Exhibit, file: &ExhibitFile) -> Value {
        let key = key(exhibit, file);
        let hash = self.add(
            "hash",
            &key,
            "uco-types:Hash",
            json!({
                "uco-types:hashMethod": "SHA256",
                "uco-types:hashValue": { "@type": "xsd:hexBinary", "@value": file.sha256.to_string() },
            }),
        );
        let content = self.add(
            "content",
            &key,
            "uco-observable:ContentDataFacet",
            json!({
                "uco-observable:hash": hash,
                "uco-observable:mimeType": file.media_type,
                "uco-observable:sizeInBytes": file.bytes,
            }),
        );
        let named = self.add(
            "named",
            &key,
            "uco-observable:FileFacet",
            json!({
                "uco-observable:fileName": file.name,
                "uco-observable:filePath": self.contents.place(exhibit, file),
                "uco-observable:sizeInBytes": file.bytes,
            }),
        );
        let mut facets = vec![content, named];
        if let Shows::View { size, .. } | Shows::Derived { size, .. } = &file.shows {
            facets.push(self.add(
                "picture",
                &key,
                "uco-observable:RasterPictureFacet",
                json!({ "uco-observable:pictureWidth": size.0, "uco-observable:pictureHeight": size.1 }),
            ));
        }
        self.add("file", &key, "uco-observable:File", json!({ "uco-core:hasFacet": facets }))
    }

    fn url(&mut self, address: &str) -> Value {
        let facet =
            self.add("url-value", address, "uco-observable:URLFacet", json!({ "uco-observable:fullValue": address }));
        self.add("url", address, "uco-observable:URL", json!({ "uco-core:hasFacet": facet }))
    }

    /// Words of people, without an address where addresses are withheld.
    fn words(&self, words: &str, stamp: &Stamp, exhibit: &Exhibit) -> String {
        if !self.withheld {
            return words.to_owned();
        }
        let words = addresses::in_words(words, Some(stamp.seq));
        exhibit.address.as_ref().map_or(words.clone(), |address| addresses::without(&words, address))
    }
}

/// `JS/1/JS-1-view-1.png`: a file's name among those of the case.
fn key(exhibit: &Exhibit, file: &ExhibitFile) -> String {
    format!("{}/{}", exhibit.mark, file.name)
}

fn act(kind: ExhibitKind) -> &'static str {
    match kind {
        ExhibitKind::Page => "A page was captured",
        ExhibitKind::WholePage => "A whole page was captured",
        ExhibitKind::Screen => "A screen or a window was captured",
        ExhibitKind::Import => "A file was imported",
        ExhibitKind::Marked => "A picture was drawn over and kept",
        ExhibitKind::Annotated => "A picture was marked and kept",
        ExhibitKind::AddressOnly => "An address was kept in words",
        ExhibitKind::Device => "A device was described",
        ExhibitKind::PhysicalItem => "An item was described",
    }
}

fn time(at: Moment) -> Value {
    json!({ "@type": "xsd:dateTime", "@value": at.utc().to_rfc3339_opts(SecondsFormat::Micros, true) })
}

fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

/// A name that is the same whenever the file is made: a UUID of version 5 (RFC 9562, section 5.5), with the case's id as its
/// namespace and kind and key, with a zero byte between them, as what is named. The ontology asks for a version up to 5. Its
/// SHA-1 only has to tell the things of one record apart.
fn name(case: &[u8], kind: &str, key: &str) -> String {
    let named = [case, kind.as_bytes(), &[0], key.as_bytes()].concat();
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &named);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x50;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let figures: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let groups = [&figures[..8], &figures[8..12], &figures[12..16], &figures[16..20], &figures[20..]];
    format!("urn:uuid:{}", groups.join("-"))
}
