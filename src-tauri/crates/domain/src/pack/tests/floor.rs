//! The floor: a pack that lacks or weakens an entry is refused by the entry's name; one that adds to it is not.

use super::*;

/// Each way to lack or weaken the floor, and the entry that the refusal must name.
#[test]
fn a_pack_below_the_floor_is_refused_by_the_name_of_the_entry() {
    let child = "statute = \"Protection of Children Act 1978\"\ncapture = ";
    let drawn = "statute = \"Coroners and Justice Act 2009, section 62\"\ncapture = ";
    let extreme = "statute = \"Criminal Justice and Immigration Act 2008\"\ncapture = ";
    let weakened = |statute: &str| changed(&format!("{statute}\"forbidden\""), &format!("{statute}\"allowed\""));
    let route = |legal: &str, from: &str, to: &str| {
        changed(&format!("route = \"{from}\"\nlegal = \"{legal}\""), &format!("route = \"{to}\"\nlegal = \"{legal}\""))
    };
    for (text, entry, marked) in [
        (weakened(child), "indecent-images", Some("id = \"child-abuse-images\"")),
        (weakened(drawn), "prohibited-images", Some("id = \"prohibited-images\"")),
        (weakened(extreme), "extreme-pornography", Some("id = \"extreme-pornography\"")),
        (changed("legal = \"indecent-images\"\n", ""), "indecent-images", Some("id = \"messaging\"")),
        (changed("legal = \"prohibited-images\"\n", ""), "prohibited-images", Some("id = \"messaging\"")),
        (changed("legal = \"extreme-pornography\"\n", ""), "extreme-pornography", Some("id = \"messaging\"")),
        (
            route("indecent-images", "child-protection", "advice-first"),
            "indecent-images",
            Some("id = \"child-abuse-images\""),
        ),
        (
            route("prohibited-images", "child-protection", "school"),
            "prohibited-images",
            Some("id = \"prohibited-images\""),
        ),
        (
            route("extreme-pornography", "police-first", "school"),
            "extreme-pornography",
            Some("id = \"extreme-pornography\""),
        ),
        (
            changed("rating = \"illegal\"", "rating = \"unacceptable\""),
            "indecent-images",
            Some("id = \"child-abuse-images\""),
        ),
        (changed("safeguard = \"two-people\"\n", ""), "two-people", Some("id = \"record-retained\"")),
        (changed("safeguard = \"subject-excluded\"\n", ""), "subject-excluded", Some("id = \"record-retained\"")),
        (changed("safeguard = \"gate\"\n", ""), "gate", Some("id = \"record-retained\"")),
        (changed("safeguard = \"hold\"\n", ""), "hold", Some("id = \"record-retained\"")),
        (
            changed("required = true\nsafeguard = \"gate\"", "required = false\nsafeguard = \"gate\""),
            "gate",
            Some("id = \"gate-answered\""),
        ),
        (
            changed("required = true\nsafeguard = \"two-people\"", "required = false\nsafeguard = \"two-people\""),
            "two-people",
            Some("id = \"group-formed\""),
        ),
        (
            changed("safeguard = \"gate\"\n", "").replacen(
                "stage = \"computer\"\nrequired = true",
                "stage = \"computer\"\nrequired = true\nsafeguard = \"gate\"",
                1,
            ),
            "gate",
            Some("id = \"computer-chosen\""),
        ),
    ] {
        let fault = fault(&text);
        assert!(fault.what().contains(&format!("the floor entry \"{entry}\"")), "{fault}");
        assert_eq!(fault.line(), marked.and_then(|marked| line(&text, marked)), "{fault}");
    }
}

/// Each kind of breach in words: what is wrong, and what to write instead.
#[test]
fn a_pack_below_the_floor_is_told_what_is_wrong_and_what_to_write() {
    let elsewhere = changed("safeguard = \"gate\"\n", "").replacen(
        "stage = \"computer\"\nrequired = true",
        "stage = \"computer\"\nrequired = true\nsafeguard = \"gate\"",
        1,
    );
    for (text, what, instead) in [
        (
            changed("legal = \"indecent-images\"\n", ""),
            "the floor entry \"indecent-images\" is not kept: no category has it",
            "add a category with legal = \"indecent-images\"",
        ),
        (
            changed(
                "statute = \"Protection of Children Act 1978\"\ncapture = \"forbidden\"",
                "statute = \"Protection of Children Act 1978\"\ncapture = \"allowed\"",
            ),
            "the floor entry \"indecent-images\" is not kept: the category \"child-abuse-images\" may be captured",
            "write capture = \"forbidden\"",
        ),
        (
            changed(
                "route = \"police-first\"\nlegal = \"extreme-pornography\"",
                "route = \"school\"\nlegal = \"extreme-pornography\"",
            ),
            "the floor entry \"extreme-pornography\" is not kept: the category \"extreme-pornography\" may be reviewed by \
             the school",
            "write route = \"child-protection\" or \"police-first\"",
        ),
        (
            changed("rating = \"illegal\"", "rating = \"unacceptable\""),
            "the floor entry \"indecent-images\" is not kept: the category \"child-abuse-images\" is not rated illegal",
            "write rating = \"illegal\"",
        ),
        (
            changed("safeguard = \"hold\"\n", ""),
            "the floor entry \"hold\" is not kept: no step carries it",
            "add safeguard = \"hold\" to a required step of the stage \"retained\"",
        ),
        (
            elsewhere,
            "the floor entry \"gate\" is not kept: the step \"computer-chosen\" that carries it is in the stage \
             \"computer\"",
            "write stage = \"review\"",
        ),
        (
            changed("required = true\nsafeguard = \"gate\"", "required = false\nsafeguard = \"gate\""),
            "the floor entry \"gate\" is not kept: the step \"gate-answered\" that carries it can be left out",
            "write required = true",
        ),
    ] {
        let fault = fault(&text);
        assert_eq!((fault.what(), fault.instead()), (what, instead));
    }
}

#[test]
fn a_pack_may_add_safeguards() {
    let stricter =
        changed("route = \"school\"\ncapture = \"allowed\"", "route = \"police-first\"\ncapture = \"forbidden\"");
    assert!(PolicyPack::parse(NAME, &stricter).is_ok());
    let route = "route = \"police-first\"\nlegal = \"extreme-pornography\"";
    let stricter = changed(route, "route = \"child-protection\"\nlegal = \"extreme-pornography\"");
    assert!(PolicyPack::parse(NAME, &stricter).is_ok());
    assert!(Route::ChildProtection < Route::PoliceFirst && Route::AdviceFirst < Route::School);
}
