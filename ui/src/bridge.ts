// The only way to the core: one typed function for each command. A refused promise carries a Trouble.
import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import type {
  Act,
  AddPerson,
  AdoptPolicy,
  Answer,
  AppView,
  BackupsView,
  Browse,
  CaptureForm,
  CaseList,
  CaseView,
  CheckView,
  ExhibitCheck,
  Fact,
  HandOverForm,
  HandOversView,
  HandedOver,
  HeadVerdict,
  ImportForm,
  LedgerLine,
  LogForm,
  LogSpan,
  LogView,
  MakeBackup,
  MarkForm,
  PaperSaved,
  PeopleView,
  Place,
  PolicyCheck,
  PolicyFile,
  PolicyText,
  PolicyView,
  ProgressView,
  RegisterComputer,
  RenewPerson,
  ReportChoices,
  ReportForm,
  ReportView,
  Restore,
  RestoreView,
  ReviewView,
  Saved,
  ScreenForm,
  ScreensView,
  SummarySaved,
  SessionForm,
  SetSupport,
  SetTimeAuthorities,
  SetTimeServer,
  SetUp,
  SetUpDone,
  Strength,
  SupportView,
  TimeAuthoritiesView,
  TimeServerView,
  TimelineRow,
  Trouble,
  VerifyForm,
  VerifyView,
  WordsExhibit,
} from "./generated/wire";

export const appView = () => invoke<AppView>("app_view");
export const setUp = (form: SetUp) => invoke<SetUpDone>("set_up", { form });
export const saveRecoveryKit = () => invoke<Saved>("save_recovery_kit");
export const beginPractice = () => invoke<AppView>("begin_practice");
export const leavePractice = () => invoke<AppView>("leave_practice");
export const signIn = (person: string, passphrase: string) => invoke<AppView>("sign_in", { person, passphrase });
export const signOut = (person: string) => invoke<AppView>("sign_out", { person });
export const lock = () => invoke<AppView>("lock");
export const passphraseStrength = (passphrase: string, inputs: string[]) =>
  invoke<Strength>("passphrase_strength", { passphrase, inputs });

export const reportChoices = (about: string | null) => invoke<ReportChoices>("report_choices", { about });
export const cases = (from: number | null, find: string | null) => invoke<CaseList>("cases", { from, find });
export const openCase = (form: ReportForm) => invoke<Answer>("open_case", { form });
export const caseView = (id: string) => invoke<CaseView>("case_view", { case: id });
export const act = (id: string, what: Act) => invoke<Answer>("act", { case: id, act: what });

export const openSession = (id: string, form: SessionForm) => invoke<Answer>("open_session", { case: id, form });
export const endSession = (id: string) => invoke<Answer>("end_session", { case: id });
export const confirmObserver = (id: string, pin: string) => invoke<Answer>("confirm_observer", { case: id, pin });
export const browse = (id: string, go: Browse) => invoke<ReviewView>("browse", { case: id, go });
export const review = (id: string) => invoke<ReviewView>("review", { case: id });
export const capture = (id: string, form: CaptureForm) => invoke<Answer>("capture", { case: id, form });
export const screens = (id: string) => invoke<ScreensView>("screens", { case: id });
export const captureScreen = (id: string, form: ScreenForm) => invoke<Answer>("capture_screen", { case: id, form });
export const markPicture = (id: string, form: MarkForm) => invoke<Answer>("mark_picture", { case: id, form });
export const verifyExhibit = (id: string, mark: string) => invoke<ExhibitCheck>("verify_exhibit", { case: id, mark });
export const recordWords = (id: string, form: WordsExhibit) => invoke<Answer>("record_words", { case: id, form });
export const halt = (id: string | null) => invoke<Answer | null>("halt", { case: id });

export const sealView = (id: string, person: string, passphrase: string, substance: boolean, reasons: string) =>
  invoke<Answer>("seal_view", { case: id, person, passphrase, substance, reasons });
export const makeForm = (id: string, person: string, passphrase: string) =>
  invoke<Answer>("make_form", { case: id, person, passphrase });
export const signForm = (id: string, shown: string, field: string, person: string, passphrase: string) =>
  invoke<Answer>("sign_form", { case: id, shown, field, person, passphrase });
export const returnForm = (id: string, person: string, passphrase: string, reasons: string) =>
  invoke<Answer>("return_form", { case: id, person, passphrase, reasons });
export const makeReferral = (id: string, person: string, passphrase: string) =>
  invoke<Answer>("make_referral", { case: id, person, passphrase });
export const documentBytes = (id: string, sha256: string) => invoke<ArrayBuffer>("document", { case: id, sha256 });
export const saveDocument = (id: string, sha256: string, person: string, passphrase: string) =>
  invoke<Saved>("save_document", { case: id, sha256, person, passphrase });
export const handOvers = (id: string) => invoke<HandOversView>("hand_overs", { case: id });
export const verify = (form: VerifyForm) => invoke<VerifyView>("verify", { form });
export const verifyFile = (file: ArrayBuffer, fingerprint: string) =>
  invoke<VerifyView>("verify_file", framed({ fingerprint }, new Uint8Array(file)));
export const handOver = (id: string, form: HandOverForm) => invoke<HandedOver>("hand_over", { case: id, form });

export const incidentLog = (from: number | null) => invoke<LogView>("incident_log", { from });
export const timeline = (id: string) => invoke<TimelineRow[]>("timeline", { case: id });
export const checkLedger = () => invoke<LedgerLine>("check_ledger");
export const putDraft = (key: string, text: string) => invoke<null>("put_draft", { key, text });
export const getDraft = (key: string) => invoke<string | null>("get_draft", { key });

/** Puts off the lock: a draft that is not there is dropped, which is the least that counts as an act. */
export const stay = () => invoke<null>("put_draft", { key: "stay", text: "" });

export const people = () => invoke<PeopleView>("people");
export const addPerson = (form: AddPerson) => invoke<PeopleView>("add_person", { form });
export const renewPerson = (form: RenewPerson) => invoke<PeopleView>("renew_person", { form });
export const removePerson = (person: string, reason: string, by: string, passphrase: string, codes: string[]) =>
  invoke<PeopleView>("remove_person", { person, reason, by, passphrase, codes });
export const changePassphrase = (person: string, old: string, passphrase: string, again: string) =>
  invoke<PeopleView>("change_passphrase", { person, old, passphrase, again });
export const termReport = (term: string | null) => invoke<ReportView>("term_report", { term });

export const saveReport = (term: string, csv: boolean, person: string, passphrase: string) =>
  invoke<PaperSaved>("save_report", { term, csv, person, passphrase });

export const logOver = (form: LogForm) => invoke<LogSpan>("log_over", { form });
export const saveLog = (form: LogForm, csv: boolean, person: string, passphrase: string) =>
  invoke<PaperSaved>("save_log", { form, csv, person, passphrase });
export const saveSummary = (id: string, person: string, passphrase: string) =>
  invoke<SummarySaved>("save_summary", { case: id, person, passphrase });
export const saveStatement = (id: string, witness: string, passphrase: string) =>
  invoke<Saved>("save_statement", { case: id, witness, passphrase });

export const saveEnrolmentCard = (person: string) => invoke<Saved>("save_enrolment_card", { person });

export const places = () => invoke<Place[]>("places");
export const backups = () => invoke<BackupsView>("backups");
export const makeBackup = (form: MakeBackup) => invoke<BackupsView>("make_backup", { form });
export const backupGone = (serial: number, how: string) => invoke<BackupsView>("backup_gone", { serial, how });
export const lookAtBackup = (folder: string, codes: string[]) => invoke<RestoreView>("look_at_backup", { folder, codes });
export const restore = (form: Restore) => invoke<AppView>("restore", { form });
export const cancelRestore = () => invoke<AppView>("cancel_restore");
export const progress = () => invoke<ProgressView | null>("progress");

export const checkRecord = () => invoke<CheckView>("check_record");
export const checkHead = (seq: string, hash: string) => invoke<HeadVerdict>("check_head", { seq, hash });
export const acceptAnchor = (reason: string) => invoke<AppView>("accept_anchor", { reason });
export const destroy = (id: string, asked: string, person: string, passphrase: string) =>
  invoke<Answer>("destroy", { case: id, asked, person, passphrase });

export const computers = () => invoke<Fact[][]>("computers");
export const timeAuthorities = () => invoke<TimeAuthoritiesView>("time_authorities");
export const setTimeAuthorities = (form: SetTimeAuthorities) => invoke<TimeAuthoritiesView>("set_time_authorities", { form });
export const timeServer = () => invoke<TimeServerView>("time_server");
export const setTimeServer = (form: SetTimeServer) => invoke<TimeServerView>("set_time_server", { form });
export const support = () => invoke<SupportView>("support");
export const setSupport = (form: SetSupport) => invoke<SupportView>("set_support", { form });
export const registerComputer = (form: RegisterComputer) => invoke<Fact[][]>("register_computer", { form });
export const policy = (id: string | null, ships: string | null) => invoke<PolicyView>("policy", { case: id, ships });
export const policyText = (id: string) => invoke<PolicyText>("policy_text", { id });
export const checkPolicy = (text: string) => invoke<PolicyCheck>("check_policy", { text });
export const openPolicyFile = (path: string) => invoke<PolicyFile>("open_policy_file", { path });
export const savePolicyFile = (text: string, folder: string) => invoke<string>("save_policy_file", { text, folder });
export const adoptPolicy = (form: AdoptPolicy) => invoke<PolicyView>("adopt_policy", { form });

/** A file that somebody gave: its bytes go behind the form, and are not even read where the answers are not *no* twice. */
export async function importFile(id: string, form: ImportForm, file: File): Promise<Answer> {
  const opens = form.child === "no" && form.extreme === "no";
  const bytes = opens ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
  return await invoke<Answer>("import_file", framed({ case: id, form }, bytes));
}

/** A form with the bytes of a file behind it: the form's length in four bytes (little-endian), the form as JSON, the file. */
function framed(form: object, file: Uint8Array): Uint8Array {
  const said = new TextEncoder().encode(JSON.stringify(form));
  const body = new Uint8Array(4 + said.length + file.length);
  new DataView(body.buffer).setUint32(0, said.length, true);
  body.set(said, 4);
  body.set(file, 4 + said.length);
  return body;
}

/** Where a picture of an exhibit is served, once somebody asks for it. */
let asked = 0;

/** The address of a picture, new each time it is asked for, so that each reveal asks the core. */
export function pictureAddress(id: string, sha256: string): string {
  asked += 1;
  return `${convertFileSrc("", "exhibit")}${id}/${sha256}?asked=${asked}`;
}

/** Lets the page go and loads it anew where it has shown pictures: after HALT or a lock none may be left in it. */
export function forgetPictures(): void {
  if (asked > 0) globalThis.location.reload();
}

/** Whatever a command threw, as a Trouble. */
export function asTrouble(thrown: unknown): Trouble {
  if (typeof thrown === "object" && thrown !== null && "happened" in thrown && "todo" in thrown) {
    return thrown as Trouble;
  }
  return {
    code: "no-answer",
    happened: typeof thrown === "string" ? thrown : "The product did not answer.",
    todo: "Try again. If it happens again, close the product and open it again. What was kept stays kept.",
    field: null,
  };
}
