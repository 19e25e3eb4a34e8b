//! Pages of the procedure, filled in as two reviewers and a headteacher would.

use chrono::{Datelike, TimeDelta, Utc};
use fantoccini::key::Key;
use trail_domain::time::Moment;

use super::Window;
use crate::given::PIN;
use crate::house::{PASSPHRASE, PEOPLE};

/// What the first page to review is described as.
const NATURE: &str = "A topic of the message board. Placeholder for content of concern.";

/// First-run set-up, from the welcome to the recovery codes. Gives the authority's fingerprint.
pub async fn set_up(window: &mut Window) -> String {
    window.at("welcome").await;
    window.press("set-up").await;
    window.at("set-up-school").await;
    window.write("schoolName", "Hollybrook School").await;
    window.write("schoolAddress", "Mill Lane, Hollybrook, HB1 2CD").await;
    window.write("prefix", "HB").await;
    window.press("continue").await;
    window.at("set-up-pack").await;
    window.press("continue").await;
    window.at("set-up-computer").await;
    window.write("computerName", "HB-REVIEW-01").await;
    window.write("assetTag", "HB-0417").await;
    window.write("serial", "5CG0123XYZ").await;
    window.write("location", "Safeguarding office, room 2.04").await;
    window.press("continue").await;
    window.wait("main[data-page='set-up-keychain'], main[data-page='set-up-person-1']").await;
    if window.has("main[data-page='set-up-keychain']").await {
        window.at("set-up-keychain").await;
        window.tick("withoutKeychain").await;
        window.press("continue").await;
    }
    for (index, (initials, name, position)) in PEOPLE.iter().take(3).enumerate() {
        window.at(&format!("set-up-person-{}", index + 1)).await;
        let field = |field: &str| format!("people-{index}-{field}");
        window.write(&field("name"), name).await;
        window.write(&field("position"), position).await;
        window.write(&field("initials"), initials).await;
        window.write(&field("passphrase"), PASSPHRASE).await;
        window.wait("[data-strength='enough']").await;
        window.write(&field("again"), PASSPHRASE).await;
        window.press("continue").await;
    }
    window.at("set-up-check").await;
    window.press("make-store").await;
    window.at("set-up-codes").await;
    let [first, second] = [window.text("[data-code='1']").await, window.text("[data-code='2']").await];
    assert!(first.len() > 20 && second.len() > 20 && first != second, "two recovery codes are shown");
    let fingerprint = window.text("[data-fingerprint]").await;
    window.press("save-kit").await;
    window.wait("[data-saved]").await;
    window.tick("apart").await;
    window.press("finish").await;
    window.at("sign-in").await;
    fingerprint
}

/// Signs a person in, as the first or the second.
pub async fn sign_in(window: &Window, name: &str) {
    window.wait("main[data-page='sign-in']").await;
    window.choose("person", name).await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("sign-in").await;
}

/// Signs both reviewers in. Whoever has set the school up is signed in already.
pub async fn both_sign_in(window: &mut Window) {
    window.at("sign-in").await;
    if !window.has("[data-act='carry-on']").await {
        sign_in(window, "Jo Stirling").await;
    }
    window.wait("[data-act='carry-on']").await;
    window.look("sign-in-second").await;
    sign_in(window, "Priya Anand").await;
}

/// A report, from the list of cases to the open case.
pub async fn report(window: &mut Window) {
    window.at("cases").await;
    window.press("report").await;
    window.at("report-child").await;
    window.tick("childSafe-safe").await;
    window.write("childSafeWords", "In class, seen by the teacher").await;
    window.press("continue").await;
    window.at("report-what").await;
    window.write("title", "Getting round the filter").await;
    window.write("what", "A pupil opened pages that get round the school's filter.").await;
    window.write("when", "17 November 2026, third lesson").await;
    window.write("place", "Room 12, laptop HB-0101").await;
    window.write("reporter", "A class teacher").await;
    window.write("reportedTo", "Jo Stirling").await;
    window.press("continue").await;
    window.at("report-who").await;
    window.write("subject", "Pupil A, Year 9").await;
    window.tick("subjectKind-pupil").await;
    window.press("continue").await;
    window.at("report-category").await;
    window.tick("category-bypassing-filters").await;
    window.press("continue").await;
    window.at("report-check").await;
    window.press("open-case").await;
}

/// What holds evidence is preserved.
pub async fn preserve(window: &mut Window) {
    window.at("stage-reported").await;
    window.write("what", "Laptop used in the lesson").await;
    window.write("identity", "HB-0101, serial 5CG999").await;
    window.write("place", "Office safe").await;
    window.write("custodian", "Jo Stirling").await;
    window.write("seal", "S-1042").await;
    window.press("preserve").await;
    window.wait_for_words("table", "Laptop used in the lesson").await;
    window.press("finish-preserve").await;
    window.at("case").await;
}

/// The way the case goes, chosen with the keyboard alone.
pub async fn triage_by_keyboard(window: &mut Window) {
    window.tab_to("[data-act='stage-triage']").await;
    window.key(Key::Enter).await;
    window.at("stage-triage").await;
    window.tab_to("input[name='exit']").await;
    window.key(' ').await;
    for _ in 0..6 {
        if window.has("#exit-other-incidents:checked").await {
            break;
        }
        window.key(Key::Down).await;
    }
    window.wait("#exit-other-incidents:checked").await;
    window.tab_to("#reason").await;
    window.type_keys("Nothing reported suggests anything illegal.").await;
    window.tab_to("[data-act='triage']").await;
    window.key(Key::Enter).await;
    window.at("case").await;
}

/// The group of the two reviewers.
pub async fn group(window: &mut Window) {
    window.press("stage-group").await;
    window.at("stage-group").await;
    for name in ["Jo Stirling", "Priya Anand"] {
        let id = id_of_answer(window, "members", name).await;
        window.tick(&id).await;
    }
    window.write("declared", "Nobody is related to, managed by or close to the person concerned.").await;
    window.look("stage-group-filled").await;
    window.press("form-group").await;
    window.at("case").await;
}

/// The computer that this case is reviewed on.
pub async fn computer(window: &mut Window) {
    window.press("stage-computer").await;
    window.at("stage-computer").await;
    window.write("assetTag", "HB-0417").await;
    window.tick("notForPupils").await;
    window.tick("canLeave").await;
    window.write("filter", "Forums opened by the network manager until 18:00 today").await;
    window.press("choose-computer").await;
    window.at("case").await;
}

/// Both try the HALT key, and the session opens.
pub async fn open_session(window: &mut Window) {
    window.press("stage-review").await;
    window.at("stage-review").await;
    window.tick("operator-0").await;
    window.write("assetTag", "HB-0417").await;
    window.write("referenceIs", "Speaking clock, read by Priya Anand").await;
    window.write("remoteControl", "none seen").await;
    window.write("pin", PIN).await;
    for place in 0..2 {
        window.press(&format!("try-key-{place}")).await;
        window.key(Key::F8).await;
        window.wait(&format!("[data-key-tried='{place}']")).await;
    }
    window.write("referenceTime", &time_now()).await;
    window.press("open-session").await;
    window.at("review").await;
}

/// Opens an address, and waits until the page is there.
pub async fn visit(window: &mut Window, address: &str) {
    window.write("address", address).await;
    window.press("go").await;
    window.wait(".page-frame[data-page-state='loaded'][data-covered='true']").await;
}

/// Reveals the page in front.
pub async fn reveal(window: &mut Window) {
    window.press("reveal").await;
    window.wait(".page-frame[data-covered='false']").await;
}

/// Describes the page in front.
pub async fn describe(window: &Window, title: &str) {
    window.write("title", title).await;
    window.write("nature", NATURE).await;
    window.write("concern", "It offers a way round the filter.").await;
}

/// Answers both questions with no. The exhibit of this mark is kept then.
pub async fn both_no(window: &mut Window, mark: &str) {
    window.at("gate-first").await;
    window.press("gate-no").await;
    window.at("gate-second").await;
    window.press("gate-no").await;
    window.wait(&format!("main[data-page='review'] [data-exhibit='{mark}']")).await;
}

/// Opens a page, reveals it, and captures what is seen of it.
pub async fn capture_page(window: &mut Window, address: &str, mark: &str) {
    visit(window, address).await;
    describe(window, "Topic page").await;
    reveal(window).await;
    window.look("review-revealed").await;
    window.press("capture").await;
    both_no(window, mark).await;
}

/// A pause ends with the observer's PIN and not without it; changing places asks for another one.
pub async fn paused_and_confirmed(window: &mut Window) {
    window.press("more").await;
    window.press("change-roles").await;
    window.wait("[data-act='change-places']").await;
    window.look("review-change-places").await;
    window.press("change-places").await;
    window.wait_for_words("#pin-error", "Choose a PIN of 4 to 8 digits").await;
    window.press("change-roles").await;
    window.press("pause-review").await;
    window.wait("[data-act='confirm-observer']").await;
    window.write("pin", "7144").await;
    window.press("confirm-observer").await;
    window.wait_for_words("#pin-error", "Type the PIN again. 4 more wrong ones are taken").await;
    window.look("review-paused-wrong-pin").await;
    window.write("pin", PIN).await;
    window.press("confirm-observer").await;
    window.wait("main[data-page='review']:not(:has([data-act='confirm-observer']))").await;
}

/// A view, sealed by the person with this name.
pub async fn seal_view(window: &mut Window, name: &str) {
    let id = id_of_answer(window, "person", name).await;
    window.tick(&id).await;
    window.tick("substance-yes").await;
    window.write("reasons", "The page was opened with the pupil's account. The exhibits show it.").await;
    window.write("passphrase", PASSPHRASE).await;
    window.press("seal-view").await;
    window.wait_for_words("main", name).await;
}

/// Reads every page of the form to its end, and signs it.
pub async fn read_and_sign(window: &mut Window, signer: &str, name: &str) {
    read_all_pages(window).await;
    window.tick("declared").await;
    if window.has("form.sign-card #person").await {
        window.choose("person", name).await;
    }
    window.write("passphrase", PASSPHRASE).await;
    window.press("sign-form").await;
    window.wait(&format!("li[data-signer='{signer}'][data-signed='true']")).await;
}

/// Saves a document outside the store: its button asks for the passphrase of whoever does, again.
pub async fn save_document(window: &Window, act: &str) {
    window.press(act).await;
    window.wait("#savePassphrase").await;
    if window.has("#savePerson").await {
        window.choose("savePerson", "Jo Stirling").await;
    }
    window.write("savePassphrase", PASSPHRASE).await;
    window.press(&format!("{act}-now")).await;
}

/// The time now, as a person reads it off a clock.
#[must_use]
pub fn time_now() -> String {
    let now: Moment = Utc::now().into();
    now.in_uk().0.format("%H:%M:%S").to_string()
}

/// A day so many days from now, as a person writes it.
#[must_use]
pub fn day_from_now(days: i64) -> String {
    let day = Utc::now() + TimeDelta::days(days);
    format!("{} {} {}", day.day(), day.month(), day.year())
}

/// The id of the control whose label begins with these words, among those with this name.
pub async fn id_of_answer(window: &Window, name: &str, begins: &str) -> String {
    window.wait(&format!("input[name='{name}']")).await;
    let script = "const [name, begins] = arguments;
        const all = [...document.querySelectorAll(`input[name='${name}']`)];
        return all.find((one) => one.labels[0].textContent.trim().startsWith(begins))?.id ?? null;";
    match window.script(script, vec![name.into(), begins.into()]).await.as_str() {
        Some(id) => id.to_owned(),
        None => window.fail(&format!("no answer of {name} begins with {begins:?}")).await,
    }
}

/// Waits until every page of the form is drawn.
pub async fn all_drawn(window: &Window) {
    window.wait(".pages[data-pages]:not([data-pages='0'])").await;
    let pages = window.attribute(".pages", "data-pages").await;
    window.wait(&format!(".pages[data-drawn='{pages}']")).await;
}

async fn read_all_pages(window: &Window) {
    all_drawn(window).await;
    window.click(".pages").await;
    for _ in 0..20 {
        window.key(Key::End).await;
        if window.has("[data-act='sign-form']:not([aria-disabled='true'])").await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    window.fail("the end of the form cannot be reached with the key End").await;
}
