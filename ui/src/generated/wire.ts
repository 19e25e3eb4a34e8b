// Generated from the Rust wire types by `cargo run -p trail-app --bin wire`. Do not edit.

export type Phase = "no-store" | "locked" | "open" | "trouble";

export type AppView = { 
/**
 * Which screens.
 */
phase: Phase, 
/**
 * Practice mode: violet, watermark, no evidence.
 */
practice: boolean, 
/**
 * The school's name, once set up.
 */
school: string | null, 
/**
 * The designated computer's name, once somebody is signed in.
 */
computer: string | null, 
/**
 * Everybody enrolled, for the sign-in page.
 */
people: Array<PersonLabel>, 
/**
 * Who is signed in; first, then second.
 */
signedIn: Array<SignedIn>, 
/**
 * The foot's line on the ledger.
 */
ledger: LedgerLine, 
/**
 * What is wrong, when something is.
 */
trouble: Trouble | null, 
/**
 * The policy packs that a school can choose from at set-up; empty afterwards.
 */
packs: Array<Choice>, 
/**
 * Whether this computer has a keychain.
 */
keychain: boolean, 
/**
 * A HALT stands on this computer.
 */
haltStands: HaltStands | null, 
/**
 * Why this computer takes only what has to be recorded, while a HALT stands that it was not released from.
 */
frozen: string | null, 
/**
 * The case in which a review session is open now.
 */
reviewing: string | null, 
/**
 * The product's version.
 */
version: string, 
/**
 * Date and time now, in words.
 */
now: string, 
/**
 * In practice mode, the passphrase that every practice person has.
 */
practicePassphrase: string | null, 
/**
 * How the check of the record stands.
 */
check: CheckLine, 
/**
 * The record does not agree with a head that it had before, and two people have not looked into it.
 */
brokenAnchor: Trouble | null, 
/**
 * Seconds until the app locks itself, in the last minute before it does.
 */
locksIn: number | null, };

export type PersonLabel = { 
/**
 * Id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Position.
 */
position: string, 
/**
 * Initials.
 */
initials: string, 
/**
 * `senior`, `head` or `deputy`.
 */
standing: string, };

export type SignedIn = { 
/**
 * Who.
 */
person: PersonLabel, 
/**
 * Since when, in words.
 */
since: string, };

export type LedgerLine = { 
/**
 * In words.
 */
text: string, 
/**
 * False where something does not hold.
 */
holds: boolean, };

export type Trouble = { 
/**
 * A stable code that tests and the user interface may act on.
 */
code: string, 
/**
 * What happened.
 */
happened: string, 
/**
 * What to do next.
 */
todo: string, 
/**
 * The field it belongs to, where it belongs to one.
 */
field: string | null, };

export type HaltStands = { 
/**
 * The case's id, where the HALT belongs to one.
 */
case: string | null, 
/**
 * Its reference.
 */
reference: string | null, 
/**
 * Since when.
 */
since: string, 
/**
 * False where the entry could not be written: it holds in memory, and must be written by hand.
 */
recorded: boolean, };

export type Clause = { 
/**
 * Its number or name in the pack.
 */
clause: string, 
/**
 * Its title.
 */
title: string, 
/**
 * What it says, in our words.
 */
instruction: string, 
/**
 * Its place among the steps of the policy, from 0.
 */
row: number, };

export type Refused = { 
/**
 * A stable code.
 */
code: string, 
/**
 * What cannot be done, and why.
 */
happened: string, 
/**
 * What opens it.
 */
todo: string, 
/**
 * The clause it rests on.
 */
clause: Clause | null, 
/**
 * The stage that opens it, by id.
 */
opens: string | null, };

export type Answer = { "is": "done", 
/**
 * The case as it is now.
 */
case: CaseView, 
/**
 * A line to announce (`JS/1 kept`).
 */
said: string, 
/**
 * The mark of an exhibit that was kept.
 */
mark: string | null, } | { "is": "refused", 
/**
 * Why.
 */
refused: Refused, } | { "is": "halted", 
/**
 * The case as it is now.
 */
case: CaseView, } | { "is": "stopped", 
/**
 * The case as it is now.
 */
case: CaseView, } | { "is": "destroyed", 
/**
 * What was done, in words.
 */
said: string, 
/**
 * Where the certificate of destruction was saved.
 */
certificate: string | null, } | { "is": "trouble", 
/**
 * What, and what to do.
 */
trouble: Trouble, };

export type Strength = { 
/**
 * 0 (weak) to 4 (strong).
 */
score: number, 
/**
 * Whether it may be used.
 */
enough: boolean, 
/**
 * What to do to better it, or that it is good.
 */
advice: string, };

export type SetUpDone = { 
/**
 * The two recovery codes.
 */
codes: [string, string], 
/**
 * The fingerprint of the school's authority, in groups.
 */
fingerprint: string, };

export type Saved = { 
/**
 * The file's path.
 */
path: string, };

export type SummarySaved = { 
/**
 * Where the page is.
 */
path: string, 
/**
 * Where the text is.
 */
textPath: string, 
/**
 * The text.
 */
text: string, };

export type ReportChoices = { 
/**
 * Categories of the school's pack.
 */
categories: Array<Choice>, 
/**
 * The pack's title.
 */
packTitle: string, 
/**
 * The pack's terms.
 */
terms: Terms, };

export type Terms = { 
/**
 * A pupil.
 */
pupil: string, 
/**
 * The headteacher.
 */
head: string, };

export type CaseRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Reference.
 */
reference: string, 
/**
 * Title.
 */
title: string, 
/**
 * When it was opened, in words.
 */
opened: string, 
/**
 * How many of ten stages are done.
 */
done: number, 
/**
 * The next stage's title, or how it stands.
 */
next: string, 
/**
 * Halted.
 */
halted: boolean, 
/**
 * Its clocks that run.
 */
clocks: Array<ClockCard>, };

export type CaseList = { 
/**
 * Its rows, newest first.
 */
rows: Array<CaseRow>, 
/**
 * Where the next page begins, where there is one.
 */
next: number | null, };

export type LogColumn = { 
/**
 * Its id in the pack.
 */
id: string, 
/**
 * Its heading.
 */
label: string, };

export type LogRow = { 
/**
 * The case.
 */
id: string, 
/**
 * Its reference.
 */
reference: string, 
/**
 * Halted.
 */
halted: boolean, 
/**
 * A cell for each column; lines of it are parted by a line feed.
 */
cells: Array<string>, };

export type LogView = { 
/**
 * The columns of the school's policy, in its order.
 */
columns: Array<LogColumn>, 
/**
 * Its lines, newest first.
 */
rows: Array<LogRow>, 
/**
 * Where the next page begins, where there is one.
 */
next: number | null, 
/**
 * Whether the policy says that incidents outside the school belong in it too.
 */
outsideSchool: boolean, };

export type ClockCard = { 
/**
 * The time first (`Now`, `Within 1 working day`).
 */
time: string, 
/**
 * The duty.
 */
duty: string, 
/**
 * The rule, and its end.
 */
rule: string, 
/**
 * Overdue.
 */
over: boolean, };

export type StageState = "done" | "next" | "open" | "waiting" | "not-needed";

export type StageView = { 
/**
 * 1 to 10.
 */
number: number, 
/**
 * `reported`, `triage`, `group`, `computer`, `review`, `judgement`, `action`, `isolation`, `sign-off`,
 * `retained`.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * How it stands.
 */
state: StageState, 
/**
 * One line: what is done, what is next, or why not yet.
 */
line: string, 
/**
 * The pack's clause.
 */
clause: Clause | null, };

export type CaseView = { 
/**
 * Id.
 */
id: string, 
/**
 * Reference.
 */
reference: string, 
/**
 * Title.
 */
title: string, 
/**
 * When it was opened.
 */
opened: string, 
/**
 * The ten stages.
 */
stages: Array<StageView>, 
/**
 * The side card *This case*: label and value.
 */
facts: Array<Fact>, 
/**
 * Its clocks that run.
 */
clocks: Array<ClockCard>, 
/**
 * The report, as label and value.
 */
report: Array<Fact>, 
/**
 * What was preserved.
 */
preserved: Array<PreservedView>, 
/**
 * Whether preserving was said to be complete.
 */
preserveFinished: boolean, 
/**
 * The ways out of triage: id, label, hint, and why not where not.
 */
exits: Array<Choice>, 
/**
 * The chosen exit's label, with its reason.
 */
triage: string | null, 
/**
 * The chart of triage.
 */
chart: Chart, 
/**
 * The harm test must be answered before a review.
 */
harmTestNeeded: boolean, 
/**
 * A criterion of the policy says that it is met: only the LADO's advice answers it.
 */
harmTestMet: boolean, 
/**
 * The harm test's answer, as label and value.
 */
harmTest: Array<Fact>, 
/**
 * Who may be in the group: id and label, and why not where not.
 */
candidates: Array<Choice>, 
/**
 * The group: members in words.
 */
group: Array<string>, 
/**
 * Relation as declared.
 */
declared: string | null, 
/**
 * The computer for the case, as label and value.
 */
computer: Array<Fact>, 
/**
 * Sessions, newest first.
 */
sessions: Array<SessionRow>, 
/**
 * The session that is open.
 */
sessionOpen: boolean, 
/**
 * Exhibits in order of mark.
 */
exhibits: Array<ExhibitRow>, 
/**
 * Views: who has sealed, and their content once all have.
 */
views: Array<ViewRow>, 
/**
 * The finding, as label and value.
 */
finding: Array<Fact>, 
/**
 * Police grounds of the pack to put to the group.
 */
policeGrounds: Array<Choice>, 
/**
 * The school's tables.
 */
tables: Array<ActionTable>, 
/**
 * The actions chosen.
 */
actions: Array<ActionRow>, 
/**
 * The isolation checklist.
 */
isolation: Array<IsolationRow>, 
/**
 * Isolation is required (police route).
 */
isolationRequired: boolean, 
/**
 * Documents, newest first.
 */
documents: Array<DocumentRow>, 
/**
 * The three signers of the present edition.
 */
signers: Array<SignerRow>, 
/**
 * Retention, as label and value.
 */
retained: Array<Fact>, 
/**
 * The default rule for retention, from the pack.
 */
retentionRule: string, 
/**
 * What changed in its course, and what can change now.
 */
turns: TurnsView, 
/**
 * HALT in this case, while it stands.
 */
halt: HaltView | null, 
/**
 * What the police said when they released the case, as label and value; empty where they did not.
 */
release: Array<Fact>, 
/**
 * Addresses closed by Stop and refer.
 */
stopped: Array<string>, 
/**
 * Referrals recorded, as label and value groups.
 */
referrals: Array<Array<Fact>>, 
/**
 * Whether images may be captured, shown, printed or exported in this case.
 */
imagesAllowed: boolean, 
/**
 * Destructions that were asked for, newest first.
 */
destructions: Array<DestructionRow>, 
/**
 * Why the pictures of this case are not in this store, where they were left out of it when it was restored.
 */
leftOut: string | null, 
/**
 * Reading mode: the number of ledger entries of the case.
 */
entries: number, };

export type Fact = { 
/**
 * Label.
 */
label: string, 
/**
 * Value; never empty.
 */
value: string, 
/**
 * Shown in the typewriter face (addresses, marks, hashes).
 */
mono: boolean, };

export type Choice = { 
/**
 * Id.
 */
id: string, 
/**
 * Label.
 */
label: string, 
/**
 * Hint.
 */
hint: string | null, 
/**
 * Why it cannot be chosen, where it cannot.
 */
refused: string | null, };

export type Chart = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * What of it was inferred.
 */
note: string | null, 
/**
 * Nodes in reading order.
 */
nodes: Array<ChartNode>, 
/**
 * Ways between them.
 */
edges: Array<ChartEdge>, 
/**
 * The whole chart in words, line by line.
 */
words: Array<string>, 
/**
 * Where the case is on it, in words; none where no case is shown.
 */
position: string | null, 
/**
 * The questions on the way of the case that people may answer now, or answer anew, in order.
 */
questions: Array<ChartQuestion>, };

export type ChartNode = { 
/**
 * Id.
 */
id: string, 
/**
 * Label.
 */
label: string, 
/**
 * Column, from 0.
 */
column: number, 
/**
 * Row, from 0.
 */
row: number, 
/**
 * The case is here.
 */
here: boolean, 
/**
 * The case came by here.
 */
taken: boolean, 
/**
 * What of it was inferred.
 */
note: string | null, 
/**
 * The id of the chart that it leads on to.
 */
leads: string | null, };

export type ChartEdge = { 
/**
 * From node.
 */
from: string, 
/**
 * To node.
 */
to: string, 
/**
 * Its word (`Yes`).
 */
label: string, 
/**
 * The case took it.
 */
taken: boolean, };

export type ChartQuestion = { 
/**
 * The node that asks.
 */
id: string, 
/**
 * What it asks.
 */
label: string, 
/**
 * The answers, each by the node that it leads to, with where that is.
 */
answers: Array<Choice>, 
/**
 * What was answered last, when and by whom.
 */
answered: string | null, 
/**
 * The clause that has the charts followed.
 */
clause: Clause | null, };

export type PreservedView = { 
/**
 * What.
 */
what: string, 
/**
 * Its identity.
 */
identity: string, 
/**
 * Where, who holds it, seal, since when, in one line.
 */
line: string, };

export type SessionRow = { 
/**
 * Number from 1.
 */
number: number, 
/**
 * From when to when.
 */
times: string, 
/**
 * Operator and observer.
 */
people: string, 
/**
 * How it ended, or that it is open.
 */
ended: string, 
/**
 * Addresses visited.
 */
visited: number, };

export type ExhibitRow = { 
/**
 * Mark.
 */
mark: string, 
/**
 * Kind in words.
 */
kind: string, 
/**
 * Title.
 */
title: string, 
/**
 * Nature of the content, in words.
 */
nature: string, 
/**
 * Reason for concern.
 */
concern: string, 
/**
 * When, and by whom.
 */
made: string, 
/**
 * The address, readable, where there is one and it may be shown.
 */
address: string | null, 
/**
 * Pictures that may be asked for, covered until revealed. Empty where sealed.
 */
pictures: Array<PictureRef>, 
/**
 * Sealed by HALT.
 */
sealed: boolean, 
/**
 * The number that the next numbered mark over a picture of it has.
 */
nextNumber: number, 
/**
 * First 8 characters of the first file's hash.
 */
hash: string | null, 
/**
 * The facts of the capture, as label and value.
 */
facts: Array<Fact>, 
/**
 * Its files. Empty where sealed.
 */
files: Array<FileRow>, 
/**
 * What happened to it since, oldest first.
 */
continuity: Array<ContinuityRow>, };

export type PictureRef = { 
/**
 * SHA-256.
 */
sha256: string, 
/**
 * What it shows (`View 1 of 2`, `Derived: the whole page`).
 */
label: string, 
/**
 * Pixels.
 */
width: number, 
/**
 * Pixels.
 */
height: number, };

export type ContinuityRow = { 
/**
 * When.
 */
at: string, 
/**
 * What happened.
 */
what: string, 
/**
 * Whose key signed the entry.
 */
who: string, 
/**
 * Ledger entry.
 */
seq: string, };

export type FileRow = { 
/**
 * What it is, with its format and size.
 */
what: string, 
/**
 * Its name in a hand-over.
 */
name: string, 
/**
 * SHA-256.
 */
sha256: string, };

export type ViewRow = { 
/**
 * Whose id.
 */
person: string, 
/**
 * Whose name.
 */
name: string, 
/**
 * When sealed, in words; none while not sealed.
 */
sealed: string | null, 
/**
 * The view in words, once all are sealed.
 */
view: string | null, 
/**
 * The reasons, once all are sealed.
 */
reasons: string | null, };

export type ActionTable = { 
/**
 * `pupils` or `staff`.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * The actions, in the pack's order.
 */
actions: Array<Choice>, 
/**
 * Rows, in the pack's order.
 */
rows: Array<ActionTableRow>, };

export type ActionTableRow = { 
/**
 * The incident.
 */
incident: string, 
/**
 * The proposed actions, by id.
 */
proposed: Array<string>, 
/**
 * What was inferred from an incomplete source.
 */
sourceNote: string | null, };

export type ActionRow = { 
/**
 * The action's id.
 */
action: string, 
/**
 * In words.
 */
label: string, 
/**
 * Proposed by the table.
 */
proposed: boolean, 
/**
 * Chosen by the group.
 */
chosen: boolean, 
/**
 * Owner, due day and outcome in one line.
 */
line: string, 
/**
 * The reason for a departure.
 */
departure: string | null, 
/**
 * Why it waits, where it is held.
 */
held: string | null, };

export type IsolationRow = { 
/**
 * The step's id.
 */
id: string, 
/**
 * The step in words.
 */
step: string, 
/**
 * Done.
 */
done: boolean | null, 
/**
 * When, by whom, or why not.
 */
words: string | null, };

export type DocumentRow = { 
/**
 * SHA-256 of the file as it stands now.
 */
sha256: string, 
/**
 * `record`, `volume` or `referral`.
 */
kind: string, 
/**
 * Title in words.
 */
title: string, 
/**
 * File name.
 */
name: string, 
/**
 * Pages.
 */
pages: number, 
/**
 * Who has signed, in words.
 */
signed: Array<string>, 
/**
 * May be shown and saved.
 */
readable: boolean, 
/**
 * Belongs to the present edition.
 */
current: boolean, };

export type SignerRow = { 
/**
 * `first`, `second` or `head`.
 */
field: string, 
/**
 * As which (`First reviewing person`).
 */
role: string, 
/**
 * Who may sign here: ids and names.
 */
people: Array<Choice>, 
/**
 * When signed and by whom, in words.
 */
signed: string | null, 
/**
 * It is this one's turn.
 */
turn: boolean, };

export type HaltView = { 
/**
 * Since when, in words.
 */
since: string, 
/**
 * Who pressed.
 */
by: string, 
/**
 * Words to read aloud to the police; each holds only what is recorded.
 */
readAloud: Array<string>, 
/**
 * Sealed marks.
 */
sealed: Array<string>, 
/**
 * The steps, in order.
 */
steps: Array<string>, 
/**
 * Whom to tell at the school.
 */
tell: string, 
/**
 * The referral record, once made: SHA-256.
 */
referral: string | null, 
/**
 * Backups that may hold pictures of this case among the copies.
 */
backups: Array<BackupRow>, 
/**
 * Copies of documents that were saved outside the store: which, where and when.
 */
copies: Array<string>, 
/**
 * What the police said when they released the computer, a group for each time.
 */
computerReleased: Array<Array<Fact>>, };

export type TimelineRow = { 
/**
 * Ledger entry.
 */
seq: string, 
/**
 * The kind of entry, as the ledger names it.
 */
kind: string, 
/**
 * When.
 */
at: string, 
/**
 * What, in words.
 */
what: string, 
/**
 * Who was signed in.
 */
who: string, 
/**
 * First 8 characters of its hash.
 */
hash: string, };

export type TurnsView = { 
/**
 * Stricter ways that can be taken now.
 */
stricter: Array<Choice>, 
/**
 * Why the incident cannot be only logged, where it cannot.
 */
logRefused: string | null, 
/**
 * What was done, where it was only logged.
 */
logged: Array<Fact>, 
/**
 * Ways that were taken after triage, who was the person concerned before, who came for whom, changes of the
 * computer, a decided disagreement, reopening: a group for each, oldest first.
 */
changes: Array<Array<Fact>>, 
/**
 * Members of the group.
 */
members: Array<MemberRow>, 
/**
 * Other registered computers, by asset tag.
 */
otherComputers: Array<Choice>, 
/**
 * The reviewing people did not agree, and sign-off has not decided.
 */
disagreementOpen: boolean, 
/**
 * Who of those enrolled may decide it, by id.
 */
deciders: Array<Choice>, 
/**
 * Who may come as a third member, or for somebody who leaves.
 */
newcomers: Array<Choice>, 
/**
 * Legal holds that stand.
 */
holds: Array<HoldRow>, 
/**
 * The review is paused until the observer confirms.
 */
paused: boolean, 
/**
 * Clocks of the pack that can be started.
 */
clocks: Array<Choice>, 
/**
 * Clocks that were started by hand and run.
 */
running: Array<Choice>, 
/**
 * Somebody outside must say first that the person concerned and the family may be alerted.
 */
mustWait: boolean, 
/**
 * Actions that would alert them, by id.
 */
alerting: Array<string>, };

export type MemberRow = { 
/**
 * Id.
 */
id: string, 
/**
 * Name, with what is special about them.
 */
label: string, };

export type HoldRow = { 
/**
 * The entry that placed it.
 */
entry: string, 
/**
 * Since when, by whom, why.
 */
line: string, };

export type SetUp = { 
/**
 * The school's name.
 */
schoolName: string, 
/**
 * Its address, one line.
 */
schoolAddress: string, 
/**
 * 2 to 4 capital letters that begin case references.
 */
prefix: string, 
/**
 * The pack's id.
 */
pack: string, 
/**
 * The computer's name.
 */
computerName: string, 
/**
 * Its asset tag.
 */
assetTag: string, 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Its location.
 */
location: string, 
/**
 * Three people or more.
 */
people: Array<SetUpPerson>, 
/**
 * Where there is no keychain: the store rests on passphrases alone, and that was accepted.
 */
withoutKeychain: boolean, };

export type SetUpPerson = { 
/**
 * Full name.
 */
name: string, 
/**
 * Position.
 */
position: string, 
/**
 * 2 to 4 capital letters, unique.
 */
initials: string, 
/**
 * `senior`, `head` or `deputy`.
 */
standing: string, 
/**
 * Passphrase.
 */
passphrase: string, 
/**
 * Typed again.
 */
again: string, };

export type ReportForm = { 
/**
 * A short title without names.
 */
title: string, 
/**
 * What was reported.
 */
what: string, 
/**
 * When it happened or was noticed.
 */
when: string, 
/**
 * Who reported it.
 */
reporter: string, 
/**
 * To whom.
 */
reportedTo: string, 
/**
 * How the record names the person concerned.
 */
subject: string, 
/**
 * `pupil`, `staff` or `other`.
 */
subjectKind: string, 
/**
 * The enrolled person's id, where the subject is one.
 */
subjectEnrolled: string | null, 
/**
 * Works or volunteers with children.
 */
worksWithChildren: boolean, 
/**
 * Others involved.
 */
others: Array<OtherForm>, 
/**
 * Where, and on which device.
 */
place: string, 
/**
 * Category id.
 */
category: string, 
/**
 * `no-child`, `safe` or `not-safe`.
 */
childSafe: string, 
/**
 * How it is known, or what was done at once.
 */
childSafeWords: string, };

export type OtherForm = { 
/**
 * How the record names them.
 */
name: string, 
/**
 * `child-at-risk`, `witness` or `reporter`.
 */
role: string, };

export type Act = { "act": "preserve", 
/**
 * What it is.
 */
what: string, 
/**
 * Make, model, serial number or account.
 */
identity: string, 
/**
 * Where it is.
 */
place: string, 
/**
 * Who holds it.
 */
custodian: string, 
/**
 * Seal number, or why none.
 */
seal: string, } | { "act": "finish-preserve", 
/**
 * Why there is nothing, where there is nothing.
 */
nothingBecause: string | null, } | { "act": "triage", 
/**
 * `other-incidents` or `illegal-route`.
 */
exit: string, 
/**
 * Why.
 */
reason: string, } | { "act": "harm-test", 
/**
 * `no` or `yes-or-unsure`.
 */
met: string, 
/**
 * Why not; or the LADO's advice.
 */
words: string, 
/**
 * The LADO's name.
 */
lado: string | null, } | { "act": "form-group", 
/**
 * Members' ids; the first two review.
 */
members: Array<string>, 
/**
 * Those of them who are line-managed by the person concerned, by id.
 */
managed: Array<string>, 
/**
 * Relation or line management, as declared.
 */
declared: string, 
/**
 * Why nobody else can act, where the person concerned manages somebody among them.
 */
despite: string, 
/**
 * Those of them who come from outside the school.
 */
external: Array<ExternalForm>, } | { "act": "choose-computer", 
/**
 * The asset tag read off it.
 */
assetTag: string, 
/**
 * Pupils do not use it.
 */
notForPupils: boolean, 
/**
 * It can be taken off site.
 */
canLeave: boolean, 
/**
 * Which filter categories were opened, by whom, until when.
 */
filter: string, } | { "act": "find", 
/**
 * `substance`, `no-substance` or `disagreed`.
 */
finding: string, 
/**
 * Why.
 */
reasons: string, 
/**
 * Police grounds that apply, by id.
 */
policeGrounds: Array<string>, } | { "act": "choose-actions", 
/**
 * `pupils` or `staff`.
 */
table: string, 
/**
 * Row from 0.
 */
row: number | null, 
/**
 * One line for each action of the table.
 */
lines: Array<ActionLine>, 
/**
 * Internal response or discipline.
 */
internal: boolean, 
/**
 * Local Authority or national body.
 */
authority: boolean, 
/**
 * Police.
 */
police: boolean, } | { "act": "isolate", 
/**
 * Its lines.
 */
lines: Array<IsolationForm>, } | { "act": "retain", 
/**
 * Review day, `2032-11-22`.
 */
reviewOn: string, 
/**
 * The rule.
 */
rule: string, } | { "act": "log-only", 
/**
 * Why it is only logged.
 */
reason: string, 
/**
 * `pupils` or `staff`.
 */
table: string, 
/**
 * Row from 0.
 */
row: number | null, 
/**
 * Actions taken, by the table's ids.
 */
actions: Array<string>, 
/**
 * What was done, in words.
 */
words: string, 
/**
 * Whether the parents or carers were told.
 */
parentsTold: boolean, 
/**
 * When and how; or why not.
 */
parents: string, } | { "act": "reroute", 
/**
 * `other-incidents` or `illegal-route`.
 */
exit: string, 
/**
 * Why.
 */
reason: string, } | { "act": "change-subject", 
/**
 * How the record names them.
 */
name: string, 
/**
 * `pupil`, `staff` or `other`.
 */
kind: string, 
/**
 * The enrolled person's id, where it is one.
 */
enrolled: string | null, 
/**
 * Works or volunteers with children.
 */
worksWithChildren: boolean, 
/**
 * What was learned.
 */
reason: string, } | { "act": "involve", 
/**
 * How the record names them.
 */
name: string, 
/**
 * `child-at-risk`, `witness` or `reporter`.
 */
role: string, 
/**
 * What was learned.
 */
reason: string, } | { "act": "answer-child-safe", 
/**
 * `no-child`, `safe` or `not-safe`.
 */
childSafe: string, 
/**
 * How it is known, or what was done at once.
 */
words: string, } | { "act": "replace-member", 
/**
 * Who leaves, by id.
 */
left: string, 
/**
 * Who comes, by id.
 */
came: string, 
/**
 * From where they come, where from outside the school.
 */
external: string, 
/**
 * Whether the person concerned manages them.
 */
managed: boolean, 
/**
 * Why nobody else can act, where they do.
 */
despite: string, 
/**
 * Why.
 */
reason: string, } | { "act": "change-computer", 
/**
 * The asset tag read off the new one.
 */
assetTag: string, 
/**
 * Which filter categories were opened, by whom, until when.
 */
filter: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Who has the one before.
 */
custodian: string, 
/**
 * Where it is.
 */
place: string, 
/**
 * The second signed-in person, by id.
 */
with: string, } | { "act": "pause-review" } | { "act": "change-roles", 
/**
 * The PIN that whoever observes from now on chose for this session: 4 to 8 digits.
 */
pin: string, } | { "act": "decide-disagreement", 
/**
 * `substance`, `no-substance` or `third-member`.
 */
decision: string, 
/**
 * The third member, by id.
 */
member: string | null, 
/**
 * Why.
 */
reasons: string, } | { "act": "move-action", 
/**
 * The action's id.
 */
action: string, 
/**
 * `proposed`, `in-hand` or `done`.
 */
state: string, 
/**
 * What came of it so far.
 */
outcome: string, } | { "act": "release-action", 
/**
 * The action's id.
 */
action: string, 
/**
 * Who said so, when, how.
 */
said: string, } | { "act": "reopen", 
/**
 * Why.
 */
reason: string, 
/**
 * The second signed-in person, by id.
 */
with: string, } | { "act": "place-hold", 
/**
 * Why, and who asked for it.
 */
reason: string, } | { "act": "lift-hold", 
/**
 * The number of the entry that placed it.
 */
hold: string, 
/**
 * Why, and who said so.
 */
reason: string, 
/**
 * The second signed-in person, by id.
 */
with: string, } | { "act": "answer-chart", 
/**
 * The chart's id.
 */
chart: string, 
/**
 * The id of the box that asks.
 */
question: string, 
/**
 * The id of the box that the answer leads to.
 */
answer: string, 
/**
 * What the answer rests on.
 */
words: string, } | { "act": "start-clock", 
/**
 * The clock's id.
 */
clock: string, 
/**
 * What started it.
 */
words: string, } | { "act": "stop-clock", 
/**
 * The clock's id.
 */
clock: string, 
/**
 * What was done, when, by whom.
 */
words: string, } | { "act": "release-computer", 
/**
 * `may-be-used` or `taken`.
 */
what: string, 
/**
 * Who said so.
 */
said: PoliceForm, 
/**
 * The second signed-in person, by id.
 */
with: string, } | { "act": "release-case", 
/**
 * `not-illegal`, `school-may-proceed`, `no-further-action` or `directed-to-dispose`.
 */
verdict: string, 
/**
 * Marks of the exhibits that are not illegal.
 */
exhibits: Array<string>, 
/**
 * Who said so.
 */
said: PoliceForm, 
/**
 * The second signed-in person, by id.
 */
with: string, } | { "act": "refer", 
/**
 * Force or organisation.
 */
to: string, 
/**
 * Officer or person, with number.
 */
person: string, 
/**
 * Their reference.
 */
reference: string, 
/**
 * Their advice.
 */
advice: string, } | { "act": "custody", 
/**
 * Item.
 */
item: string, 
/**
 * Custodian.
 */
custodian: string, 
/**
 * Place.
 */
place: string, } | { "act": "note", 
/**
 * Words.
 */
words: string, } | { "act": "correct", 
/**
 * Its number.
 */
seq: string, 
/**
 * What is right.
 */
words: string, } | { "act": "ask-destruction", 
/**
 * The entry's number; none for the whole case.
 */
entry: string | null, 
/**
 * On what ground.
 */
ground: string, } | { "act": "agree-destruction", 
/**
 * The number of the entry that asked.
 */
asked: string, } | { "act": "print-exhibit", 
/**
 * The exhibit's mark.
 */
mark: string, 
/**
 * Who holds the copy, and where it is.
 */
holder: string, } | { "act": "end-hand-over", 
/**
 * Its number in the case.
 */
number: number, 
/**
 * `returned` or `wiped`.
 */
how: string, 
/**
 * When, by whom, how.
 */
words: string, };

export type ExternalForm = { 
/**
 * The enrolled person's id.
 */
person: string, 
/**
 * From where they come.
 */
from: string, };

export type PoliceForm = { 
/**
 * The force.
 */
force: string, 
/**
 * The officer, with number.
 */
officer: string, 
/**
 * Their reference.
 */
reference: string, 
/**
 * On which day, `2026-11-25`.
 */
on: string, 
/**
 * How: a letter, an e-mail, a call.
 */
channel: string, };

export type ActionLine = { 
/**
 * The action's id.
 */
action: string, 
/**
 * Chosen.
 */
chosen: boolean, 
/**
 * Why, where it differs from the table.
 */
departure: string, 
/**
 * Owner, where chosen.
 */
owner: string, 
/**
 * Due day, `2026-11-25`, where chosen.
 */
due: string, 
/**
 * `proposed`, `in-hand` or `done`.
 */
state: string, 
/**
 * Outcome in words.
 */
outcome: string, 
/**
 * Why it waits, where it would alert somebody.
 */
held: string, };

export type IsolationForm = { 
/**
 * The step's id.
 */
step: string, 
/**
 * Done.
 */
done: boolean, 
/**
 * When and by whom; or why not.
 */
words: string, };

export type SessionForm = { 
/**
 * Operator's id; the other signed-in person observes.
 */
operator: string, 
/**
 * Asset tag read off the computer.
 */
assetTag: string, 
/**
 * What the reference clock showed just now, `14:33:05`, and
 */
referenceTime: string, 
/**
 * which reference it was, and who read it.
 */
referenceIs: string, 
/**
 * Remote control or screen sharing that runs: in words, or `none seen`.
 */
remoteControl: string, 
/**
 * Both tried the HALT key.
 */
haltKeyTried: boolean, 
/**
 * The PIN that the observer chose for this session: 4 to 8 digits.
 */
pin: string, };

export type WordsExhibit = { 
/**
 * `address-only`, `device` or `physical-item`.
 */
kind: string, 
/**
 * A few words.
 */
title: string, 
/**
 * Nature of the content, or what was looked at.
 */
nature: string, 
/**
 * Reason for concern.
 */
concern: string, 
/**
 * The address, for `address-only`.
 */
address: string | null, 
/**
 * Its fields, for `device`.
 */
device: DeviceForm | null, 
/**
 * Its fields, for `physical-item`.
 */
item: ItemForm | null, };

export type StatedForm = { 
/**
 * What is stated.
 */
said: string, 
/**
 * Why it is not recorded.
 */
because: string, };

export type DeviceForm = { 
/**
 * Who made it.
 */
make: StatedForm, 
/**
 * Which model it is.
 */
model: StatedForm, 
/**
 * Its serial number.
 */
serial: StatedForm, 
/**
 * Whose it is.
 */
owner: StatedForm, 
/**
 * Where it was reviewed, or is kept.
 */
location: StatedForm, 
/**
 * Who handed it over.
 */
handedOverBy: StatedForm, 
/**
 * When it was handed over.
 */
handedOverAt: StatedForm, 
/**
 * What was looked at on it.
 */
lookedAt: StatedForm, };

export type ItemForm = { 
/**
 * The mark on it.
 */
mark: StatedForm, 
/**
 * What it is and looks like.
 */
description: StatedForm, 
/**
 * The number of its seal.
 */
seal: StatedForm, 
/**
 * Who holds it.
 */
custodian: StatedForm, 
/**
 * Where it is.
 */
place: StatedForm, };

export type CaptureForm = { 
/**
 * `page` or `whole-page`.
 */
kind: string, 
/**
 * First question: `yes`, `not-sure` or `no`.
 */
child: string, 
/**
 * Second question, asked only after *no*.
 */
extreme: string | null, 
/**
 * A few words.
 */
title: string, 
/**
 * Nature of the content.
 */
nature: string, 
/**
 * Reason for concern.
 */
concern: string, };

export type HeldReason = { 
/**
 * Why.
 */
reason: string, 
/**
 * Whose account is used; empty for a page of another site.
 */
whose: string, 
/**
 * On what authority; empty for a page of another site.
 */
authority: string, 
/**
 * The observer's PIN of this session.
 */
pin: string, };

export type ImportForm = { 
/**
 * First question: `yes`, `not-sure` or `no`.
 */
child: string, 
/**
 * Second question, asked only after *no*.
 */
extreme: string | null, 
/**
 * The file's name, without a folder.
 */
name: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * Where it came from, and who gave it.
 */
source: string, 
/**
 * A few words.
 */
title: string, 
/**
 * Nature of the content.
 */
nature: string, 
/**
 * Reason for concern.
 */
concern: string, };

export type ScreenForm = { 
/**
 * First question: `yes`, `not-sure` or `no`.
 */
child: string, 
/**
 * Second question, asked only after *no*.
 */
extreme: string | null, 
/**
 * `screen` or `window`.
 */
what: string, 
/**
 * The number by which the system knows it.
 */
number: number, 
/**
 * Its name exactly, as it was listed.
 */
name: string, 
/**
 * A few words.
 */
title: string, 
/**
 * Nature of the content.
 */
nature: string, 
/**
 * Reason for concern.
 */
concern: string, };

export type MarkForm = { 
/**
 * SHA-256 of the picture.
 */
sha256: string, 
/**
 * The shapes, in the order that they are drawn in.
 */
shapes: Array<ShapeForm>, 
/**
 * A few words.
 */
title: string, 
/**
 * What is covered or pointed out.
 */
nature: string, 
/**
 * Why.
 */
concern: string, };

export type ShapeForm = { 
/**
 * `black`, `number`, `frame` or `arrow`.
 */
kind: string, 
/**
 * Across, of the first corner.
 */
left: number, 
/**
 * Down, of the first corner.
 */
top: number, 
/**
 * Across, of the second corner.
 */
right: number, 
/**
 * Down, of the second corner.
 */
bottom: number, 
/**
 * Of a number, what it points out: at most 500 characters. Empty for the others.
 */
words: string, };

export type Browse = { "go": "open", 
/**
 * The address.
 */
address: string, } | { "go": "back" } | { "go": "forward" } | { "go": "reload" } | { "go": "stop-loading" } | { "go": "reveal" } | { "go": "cover" } | { "go": "scroll-through" } | { "go": "show" } | { "go": "give-reason" } & HeldReason | { "go": "leave-held" };

export type HandOverForm = { 
/**
 * `police`, `lado`, `local-authority`, `headteacher` or `subject-access`.
 */
variant: string, 
/**
 * How it is delivered: `bag`, `zip` or `loose`.
 */
delivery: string, 
/**
 * Of a redacted package, who is named in it, as the case has their names.
 */
named: Array<string>, 
/**
 * Of a redacted package, the pictures that go in, by their marks: only those that were drawn over.
 */
pictures: Array<string>, 
/**
 * To whom.
 */
to: string, 
/**
 * Their force or organisation.
 */
organisation: string, 
/**
 * Their reference, or why there is none.
 */
reference: string, 
/**
 * What it is handed over on.
 */
medium: string, 
/**
 * The medium's serial number, or why there is none.
 */
serial: string, 
/**
 * The folder that the package's own folder is put in.
 */
folder: string, 
/**
 * The signed-in person who makes and signs it, by id.
 */
person: string, 
/**
 * That person's passphrase, typed again now.
 */
passphrase: string, };

export type HandedOver = { 
/**
 * The package: its folder, or its ZIP file.
 */
path: string, 
/**
 * Of a ZIP, its passphrase. It is told once, here, and stands nowhere.
 */
passphrase: string | null, 
/**
 * Of loose files, the names of those that are too large to be there.
 */
leftOut: Array<string>, 
/**
 * The receipt to print and sign.
 */
receipt: string, 
/**
 * SHA-256 of its statement, in groups, as the receipt has it.
 */
statement: string, 
/**
 * The case as it is now.
 */
case: CaseView, };

export type HandOversView = { 
/**
 * The kinds of package, each with why it cannot be made now.
 */
variants: Array<Choice>, 
/**
 * The kinds that are redacted, by their ids.
 */
redacted: Array<string>, 
/**
 * The ways to deliver one.
 */
deliveries: Array<Choice>, 
/**
 * The people of the case, as it has their names, for a redacted package.
 */
people: Array<string>, 
/**
 * The pictures that were drawn over: mark, and what each is.
 */
drawnOver: Array<Choice>, 
/**
 * Packages, newest first.
 */
rows: Array<HandOverRow>, };

export type HandOverRow = { 
/**
 * Its number in the case.
 */
number: number, 
/**
 * What it was for, in words.
 */
variant: string, 
/**
 * To whom, with their organisation.
 */
to: string, 
/**
 * Their reference.
 */
reference: string, 
/**
 * What it is on, with the serial number.
 */
medium: string, 
/**
 * When and by whom it was made.
 */
made: string, 
/**
 * The name of its folder.
 */
name: string, 
/**
 * How many files, and their size.
 */
size: string, 
/**
 * How it was delivered, in words.
 */
delivered: string, 
/**
 * Of a redacted package, who is named in it.
 */
named: Array<string>, 
/**
 * What became of it, in words, oldest first.
 */
ended: Array<string>, 
/**
 * It came back.
 */
returned: boolean, 
/**
 * Nothing more can be recorded of it.
 */
over: boolean, };

export type VerifyForm = { 
/**
 * The path of a file, or of a package's folder.
 */
path: string, 
/**
 * A ledger entry from paper, or nothing.
 */
entry: string, 
/**
 * The hash printed beside it, or nothing.
 */
hash: string, 
/**
 * The fingerprint of another school's authority, as its card has it; or nothing: then the school's own is the known one.
 */
fingerprint: string, };

export type VerifyView = { 
/**
 * The path or name of what was looked at.
 */
name: string, 
/**
 * `form`, `package` or `excerpt`.
 */
is: string, 
/**
 * `intact`, `altered` or `cannot-tell`.
 */
wholeness: string, 
/**
 * The same in words.
 */
wholenessSays: string, 
/**
 * `known`, `unknown` or `not-compared`.
 */
signer: string, 
/**
 * The same in words.
 */
signerSays: string, 
/**
 * Who vouches for the times; none where nothing could be read of them, and of an excerpt.
 */
time: VerifyTime | null, 
/**
 * It was made in practice: no evidence.
 */
practice: boolean, 
/**
 * Every fact, by itself.
 */
facts: Array<VerifyFact>, 
/**
 * Who signed, and hashes to compare.
 */
details: Array<Fact>, };

export type VerifyFact = { 
/**
 * `holds`, `fails` or `not-checked`.
 */
state: string, 
/**
 * The fact in plain words.
 */
says: string, };

export type VerifyTime = { 
/**
 * `known`, `unknown`, `not-compared`, `by-computer` or `broken`.
 */
is: string, 
/**
 * What that proves, and what it does not, in words.
 */
says: string, };

export type PaperSaved = { 
/**
 * Where.
 */
path: string, 
/**
 * Those that were saved so far, by their files' names, the newest first, 10 at most.
 */
saved: Array<Fact>, };

export type ReportView = { 
/**
 * The terms to choose from, the newest first.
 */
terms: Array<Choice>, 
/**
 * The term that was asked for.
 */
chosen: string, 
/**
 * The report; none until every case was read: ask again.
 */
report: TermReport | null, 
/**
 * Cases that were read so far, and cases in all.
 */
read: [number, number], 
/**
 * The reports that were saved before, by their files' names, the newest first, 10 at most.
 */
saved: Array<Fact>, };

export type TermReport = { 
/**
 * `Autumn term 2026`.
 */
title: string, 
/**
 * Its days, and the day of counting.
 */
span: string, 
/**
 * Over which cases it counts.
 */
scope: string, 
/**
 * How small counts are printed.
 */
small: string, 
/**
 * The figures that are read first.
 */
figures: Array<ReportFigure>, 
/**
 * The charts.
 */
charts: Array<CountChart>, 
/**
 * Cases opened in six terms, this one last.
 */
six: CountChart, };

export type ReportFigure = { 
/**
 * As printed: `about 35`.
 */
figure: string, 
/**
 * `cases opened`.
 */
caption: string, };

export type CountChart = { 
/**
 * Id.
 */
id: string, 
/**
 * What it counts by.
 */
title: string, 
/**
 * Its rows.
 */
rows: Array<CountRow>, 
/**
 * Why there are none.
 */
instead: string | null, };

export type CountRow = { 
/**
 * What is counted.
 */
label: string, 
/**
 * The count as printed.
 */
printed: string, 
/**
 * Length of its bar, in things.
 */
bar: number | null, };

export type LogForm = { 
/**
 * `incident` or `reporting`.
 */
log: string, 
/**
 * Id of a term, `days` for the two days below, empty for the present term.
 */
period: string, 
/**
 * The first day, as `2026-09-01`.
 */
from: string, 
/**
 * The last day.
 */
to: string, };

export type LogSpan = { 
/**
 * The terms to choose from, the newest first.
 */
terms: Array<Choice>, 
/**
 * The period that was asked for.
 */
chosen: string, 
/**
 * Its days.
 */
span: string, 
/**
 * How many cases it has; none until every case was read: ask again.
 */
rows: number | null, 
/**
 * Cases that were read so far, and cases in all.
 */
read: [number, number], 
/**
 * The logs that were saved before, by their files' names, the newest first, 10 at most.
 */
saved: Array<Fact>, };

export type ReviewView = { 
/**
 * The case.
 */
case: string, 
/**
 * Its reference.
 */
reference: string, 
/**
 * Which session, from 1.
 */
session: number, 
/**
 * Operator's name.
 */
operator: string, 
/**
 * Observer's name.
 */
observer: string, 
/**
 * Seconds used.
 */
usedSeconds: number, 
/**
 * Seconds allowed.
 */
limitSeconds: number, 
/**
 * The observer's confirmation is due.
 */
observerDue: boolean, 
/**
 * The page.
 */
page: PageView, 
/**
 * What the browser's test of itself came to at its latest start, where it did not pass.
 */
selfTest: string | null, 
/**
 * What waits for a reason, where something does.
 */
held: HeldView | null, 
/**
 * Addresses visited, newest first.
 */
visits: Array<VisitRow>, 
/**
 * Exhibits, newest first.
 */
exhibits: Array<ExhibitRow>, 
/**
 * The mark that the next exhibit will have.
 */
nextMark: string, 
/**
 * The gate's two questions, in their order.
 */
gate: [GateQuestion, GateQuestion], 
/**
 * The same before an import.
 */
gateForFile: [GateQuestion, GateQuestion], 
/**
 * The same before a screen or window is shot.
 */
gateForScreen: [GateQuestion, GateQuestion], 
/**
 * Bytes that a file to import may have at most.
 */
importLimit: number, 
/**
 * A file may be imported; otherwise why not.
 */
cannotImport: string | null, 
/**
 * The case was halted: the workspace is gone.
 */
halted: boolean, 
/**
 * The session is still open.
 */
open: boolean, };

export type PageView = { 
/**
 * `none`, `loading`, `loaded`, `failed`, `gone`.
 */
state: string, 
/**
 * State in words (`Loaded 14:31:52 GMT`, or why not, and what to do).
 */
said: string, 
/**
 * The address, split for reading: before the host, the host, after it.
 */
beforeHost: string, 
/**
 * The host, in punycode where scripts mix.
 */
host: string, 
/**
 * The rest.
 */
afterHost: string, 
/**
 * The address exactly.
 */
address: string, 
/**
 * The page's title, plain text.
 */
title: string, 
/**
 * Certificate kept.
 */
secure: boolean, 
/**
 * Covered (grey, blurred, silent).
 */
covered: boolean, 
/**
 * Seconds until it covers itself again.
 */
coversIn: number, 
/**
 * The whole page was scrolled through while revealed.
 */
scrolledThrough: boolean, 
/**
 * It may be captured now; otherwise why not.
 */
cannotCapture: string | null, };

export type HeldView = { 
/**
 * `other-site`, `form`, `password-form` or `sign-in`.
 */
what: string, 
/**
 * What is held, in a sentence.
 */
title: string, 
/**
 * What a reason does.
 */
hint: string, 
/**
 * The address for reading.
 */
address: string, 
/**
 * The reason has to name an account.
 */
needsAccount: boolean, };

export type ScreensView = { 
/**
 * Screens, then windows.
 */
all: Array<ScreenRow>, 
/**
 * Why no window is in it, where that is so.
 */
noWindows: string | null, 
/**
 * One may be chosen; otherwise why not.
 */
cannot: string | null, };

export type ScreenRow = { 
/**
 * `screen` or `window`.
 */
what: string, 
/**
 * The number by which the system knows it.
 */
number: number, 
/**
 * Its name exactly, to be sent back.
 */
name: string, 
/**
 * Its name for reading, as plain text.
 */
shown: string, 
/**
 * What it is in words (`Window of Chat`).
 */
said: string, };

export type VisitRow = { 
/**
 * When.
 */
at: string, 
/**
 * What in words (`open now`, `sent on (302)`, `download refused`).
 */
what: string, 
/**
 * The address for reading.
 */
address: string, 
/**
 * The exhibit made there.
 */
mark: string | null, };

export type GateQuestion = { 
/**
 * The question.
 */
question: string, 
/**
 * What to think of for a whole page.
 */
whole: string, 
/**
 * What *yes* leads to.
 */
yesHint: string, 
/**
 * What *not sure* leads to.
 */
notSureHint: string, 
/**
 * What *no* leads to.
 */
noHint: string, };

export type ExhibitCheck = { 
/**
 * The exhibit.
 */
mark: string, 
/**
 * Each file is the one that was kept.
 */
holds: boolean, 
/**
 * What was compared, when, and what came of it.
 */
said: string, 
/**
 * File by file.
 */
files: Array<FileCheck>, };

export type FileCheck = { 
/**
 * What it is.
 */
what: string, 
/**
 * Its name in a hand-over.
 */
name: string, 
/**
 * SHA-256 in its entry.
 */
recorded: string, 
/**
 * SHA-256 of the bytes that are stored; none where they are gone, or do not open as what was kept.
 */
found: string | null, 
/**
 * The two are the same.
 */
holds: boolean, };

export type PeopleView = { 
/**
 * One row for each.
 */
rows: Array<PersonRow>, 
/**
 * The fingerprint of the school's authority, in groups: every enrolment card has it beside the person's own.
 */
authority: string, 
/**
 * Two people are signed in: together they may change people without the recovery codes.
 */
twoHere: boolean, };

export type RegisterComputer = { 
/**
 * The name it goes by in the school.
 */
computerName: string, 
/**
 * The school's asset tag.
 */
assetTag: string, 
/**
 * The maker's serial number.
 */
serial: string, 
/**
 * Where it stands.
 */
location: string, 
/**
 * Who registers it.
 */
person: string, 
/**
 * Their passphrase.
 */
passphrase: string, };

export type PersonRow = { 
/**
 * Who.
 */
person: PersonLabel, 
/**
 * The fingerprint of their certificate, in groups of four.
 */
fingerprint: string, 
/**
 * When they were enrolled, in words.
 */
enrolled: string, 
/**
 * They were removed: their name stays, they cannot sign in.
 */
removed: boolean, 
/**
 * Signed in now.
 */
here: boolean, };

export type AddPerson = { 
/**
 * Full name.
 */
name: string, 
/**
 * Position.
 */
position: string, 
/**
 * 2 to 4 capital letters, unique.
 */
initials: string, 
/**
 * `senior`, `head` or `deputy`.
 */
standing: string, 
/**
 * The new person's passphrase.
 */
passphrase: string, 
/**
 * Typed again.
 */
again: string, 
/**
 * The signed-in person who acts, by id.
 */
by: string, 
/**
 * That person's own passphrase, typed again now.
 */
own: string, 
/**
 * Both recovery codes, or none where two people are signed in.
 */
codes: Array<string>, };

export type RenewPerson = { 
/**
 * Who, by id.
 */
person: string, 
/**
 * Their new passphrase.
 */
passphrase: string, 
/**
 * Typed again.
 */
again: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The signed-in person who acts, by id.
 */
by: string, 
/**
 * That person's own passphrase, typed again now.
 */
own: string, 
/**
 * Both recovery codes, or none where two people are signed in.
 */
codes: Array<string>, };

export type Place = { 
/**
 * Where it is mounted.
 */
path: string, 
/**
 * Its label.
 */
label: string, 
/**
 * How much room it has, in words.
 */
freeText: string, 
/**
 * It can be taken out.
 */
removable: boolean, };

export type BackupsView = { 
/**
 * One row for each, newest first.
 */
rows: Array<BackupRow>, 
/**
 * Why none can be made now.
 */
refused: Trouble | null, 
/**
 * Something was recorded here since the last backup that still stands.
 */
due: boolean, };

export type BackupRow = { 
/**
 * Its number.
 */
serial: number, 
/**
 * The name of its folder.
 */
name: string, 
/**
 * When it was made, in words.
 */
made: string, 
/**
 * What it is on.
 */
medium: string, 
/**
 * Who holds it.
 */
holder: string, 
/**
 * Its size, in words.
 */
size: string, 
/**
 * What became of it, where it is no more.
 */
gone: string | null, };

export type MakeBackup = { 
/**
 * The folder on the medium.
 */
folder: string, 
/**
 * What it is on (`USB stick 2`).
 */
medium: string, 
/**
 * Who holds it.
 */
holder: string, 
/**
 * The signed-in person who makes it, by id.
 */
person: string, 
/**
 * Their passphrase, typed again now.
 */
passphrase: string, };

export type RestoreView = { 
/**
 * The school.
 */
school: string, 
/**
 * When the backup was made, in words.
 */
made: string, 
/**
 * The backup's number.
 */
serial: number, 
/**
 * How many entries its record has.
 */
entries: number, 
/**
 * Who may sign in after restoring.
 */
people: Array<PersonLabel>, 
/**
 * Its cases, to choose those that were halted since.
 */
cases: Array<RestoreCase>, 
/**
 * The backup came from a computer with a keychain, and this one has none that works.
 */
keychainMissing: boolean, };

export type RestoreCase = { 
/**
 * Id.
 */
id: string, 
/**
 * Reference.
 */
reference: string, 
/**
 * Title.
 */
title: string, 
/**
 * It was halted already when the backup was made.
 */
halted: boolean, };

export type Restore = { 
/**
 * Who signs in, by id.
 */
person: string, 
/**
 * Their passphrase.
 */
passphrase: string, 
/**
 * Cases that were halted after the backup was made, by id.
 */
halted: Array<string>, 
/**
 * It is the same computer as before; the next four may then be empty.
 */
sameComputer: boolean, 
/**
 * The computer's name.
 */
computerName: string, 
/**
 * Its asset tag.
 */
assetTag: string, 
/**
 * Its serial number.
 */
serial: string, 
/**
 * Where it stands.
 */
location: string, 
/**
 * Why it is restored.
 */
reason: string, 
/**
 * Who has the computer that the store was on before, and where it is.
 */
custody: string, };

export type ProgressView = { 
/**
 * What is being done, in words.
 */
what: string, 
/**
 * How far, of `of`.
 */
done: number, 
/**
 * The whole.
 */
of: number, };

export type CheckLine = { 
/**
 * `none`, `running`, `holds`, `does-not-hold` or `cannot-tell`.
 */
state: string, 
/**
 * How far, in hundredths.
 */
done: number, 
/**
 * Always 100.
 */
of: number, };

export type CheckView = { 
/**
 * `running`, `holds`, `does-not-hold` or `cannot-tell`.
 */
state: string, 
/**
 * The verdict in a sentence.
 */
text: string, 
/**
 * How far, in hundredths.
 */
done: number, 
/**
 * Always 100.
 */
of: number, 
/**
 * What was looked at, and what could not be.
 */
facts: Array<string>, 
/**
 * What does not hold.
 */
faults: Array<string>, 
/**
 * Where the record ends. Never given while somebody is signed in: its number would count entries that are not
 * theirs to see. It stands on every form.
 */
head: Head | null, 
/**
 * How the record stands to the head kept in this computer's keychain, in a sentence.
 */
anchor: string, };

export type Head = { 
/**
 * The entry's number.
 */
seq: string, 
/**
 * Its hash.
 */
hash: string, };

export type HeadVerdict = { 
/**
 * It agrees.
 */
holds: boolean, 
/**
 * What was found.
 */
text: string, 
/**
 * What to do next.
 */
todo: string, };

export type DestructionRow = { 
/**
 * The entry that asked, to name it by.
 */
asked: string, 
/**
 * The entry that is to go; none where it is the whole case.
 */
entry: string | null, 
/**
 * What is to be destroyed, in words.
 */
what: string, 
/**
 * On what ground.
 */
ground: string, 
/**
 * Who asked and when, in words.
 */
askedBy: string, 
/**
 * Who agreed and when, in words.
 */
agreedBy: string | null, 
/**
 * It was carried out.
 */
done: boolean, };

export type TimeAuthoritiesView = { 
/**
 * The first, then the one that is asked where the first gives none. None where nobody is asked.
 */
authorities: Array<TimeAuthorityRow>, };

export type TimeAuthorityRow = { 
/**
 * Where it is asked.
 */
address: string, 
/**
 * The name in its root certificate.
 */
name: string, 
/**
 * SHA-256 of that certificate, in groups.
 */
fingerprint: string, 
/**
 * That certificate as PEM text.
 */
root: string, };

export type SetTimeAuthorities = { 
/**
 * Where the first is asked; empty where nobody is to be asked.
 */
firstAddress: string, 
/**
 * Its root certificate as PEM text.
 */
firstRoot: string, 
/**
 * Where the second is asked; empty where there is none.
 */
secondAddress: string, 
/**
 * Its root certificate as PEM text.
 */
secondRoot: string, 
/**
 * Who chooses them.
 */
person: string, 
/**
 * Their passphrase.
 */
passphrase: string, };

export type TimeServerView = { 
/**
 * Its name; none where nobody is asked.
 */
server: string | null, };

export type SetTimeServer = { 
/**
 * Its name or address, with a port where it is another than 123; empty where nobody is to be asked.
 */
server: string, 
/**
 * Who chooses it.
 */
person: string, 
/**
 * Their passphrase.
 */
passphrase: string, };

export type SupportView = { 
/**
 * One each, in the order that they are shown in.
 */
contacts: Array<string>, };

export type SetSupport = { 
/**
 * One on each line: at most 10 lines of 200 characters. Empty where the school names none of its own.
 */
contacts: string, 
/**
 * Who says it.
 */
person: string, 
/**
 * Their passphrase.
 */
passphrase: string, };

export type PolicyView = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * What it brings, in one sentence.
 */
summary: string, 
/**
 * Edition, version, fingerprint, since when it is in use, as label and value.
 */
about: Array<Fact>, 
/**
 * What of the whole was inferred or added.
 */
note: string | null, 
/**
 * Its parts in order, tables and charts among them by their id.
 */
sections: Array<PolicySection>, 
/**
 * The sanctions tables.
 */
tables: Array<PolicyTable>, 
/**
 * The charts, with the position of a case where it is read for one.
 */
charts: Array<Chart>, 
/**
 * The policies that were taken into use, newest first, in words.
 */
history: Array<Array<Fact>>, 
/**
 * New cases are opened under it.
 */
inUse: boolean, 
/**
 * It is the school's own: it is edited into its next version. Else a copy is made, under this id.
 */
copyId: string | null, 
/**
 * Those signed in who may take a policy into use.
 */
signers: Array<Choice>, 
/**
 * Why nobody here may, where nobody may.
 */
refused: Trouble | null, };

export type PolicySection = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * What it is for, in one sentence.
 */
lead: string, 
/**
 * What is one of a kind, as label and value.
 */
facts: Array<Fact>, 
/**
 * The columns of its rows; none for a plain list.
 */
columns: Array<string>, 
/**
 * Its entries, in the source's order.
 */
rows: Array<PolicyRow>, 
/**
 * The order of the entries is the order in which they are done.
 */
numbered: boolean, };

export type PolicyRow = { 
/**
 * Its cells, the first names it.
 */
cells: Array<string>, 
/**
 * What of it was inferred or added.
 */
note: string | null, };

export type PolicyTable = { 
/**
 * `pupils` or `staff`.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * What of it was inferred.
 */
note: string | null, 
/**
 * The actions, in the source's order.
 */
actions: Array<string>, 
/**
 * The incidents, in the source's order.
 */
rows: Array<PolicyTicks>, };

export type PolicyTicks = { 
/**
 * The incident.
 */
incident: string, 
/**
 * Whether each action is proposed.
 */
ticks: Array<boolean>, 
/**
 * What of it was inferred.
 */
note: string | null, };

export type PolicyFile = { 
/**
 * The text, as it stands in the file.
 */
text: string, 
/**
 * What the check found.
 */
check: PolicyCheck, };

export type PolicyText = { 
/**
 * The text, TOML.
 */
text: string, };

export type PolicyCheck = { 
/**
 * What is wrong, by line. Where there is anything, it cannot be used.
 */
faults: Array<PolicyFault>, 
/**
 * What it is: title, edition, version, fingerprint; empty where it is faulty.
 */
about: Array<Fact>, 
/**
 * SHA-256 of the text that was checked.
 */
sha256: string, 
/**
 * What changed from the policy in use, in its order.
 */
changes: Array<PolicyChange>, 
/**
 * It is the very policy in use.
 */
inUse: boolean, };

export type PolicyFault = { 
/**
 * The line, from 1; none where something is missing from the whole.
 */
line: number | null, 
/**
 * What is wrong.
 */
what: string, 
/**
 * What to write instead.
 */
instead: string, 
/**
 * The safeguard of the floor that it lacks or weakens, by its name and in words.
 */
floor: Fact | null, };

export type PolicyChange = { 
/**
 * The part of the policy, in words.
 */
section: string, 
/**
 * What the entry is called.
 */
label: string, 
/**
 * `added`, `removed`, `moved` or `changed`.
 */
kind: string, 
/**
 * The same in a word for people.
 */
kindWords: string, 
/**
 * Which of its answers changed.
 */
parts: Array<PolicyPart>, };

export type PolicyPart = { 
/**
 * Which, in words.
 */
key: string, 
/**
 * Before; none where it is new.
 */
before: string | null, 
/**
 * Now; none where it is gone.
 */
after: string | null, };

export type AdoptPolicy = { 
/**
 * The text.
 */
text: string, 
/**
 * SHA-256 of the text that was checked and shown.
 */
sha256: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Who signs, by id.
 */
person: string, 
/**
 * Their passphrase, typed again now.
 */
passphrase: string, };
