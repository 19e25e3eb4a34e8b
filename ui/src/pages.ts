// The places of the product. A place is a page and, where it belongs to one, a case.
export type PageName =
  | "welcome"
  | "practice-question"
  | "set-up"
  | "trouble"
  | "sign-in"
  | "cases"
  | "report"
  | "case"
  | "case-policy"
  | "policy"
  | "stage-reported"
  | "stage-triage"
  | "harm-test"
  | "stage-group"
  | "stage-computer"
  | "stage-review"
  | "review"
  | "stage-judgement"
  | "stage-action"
  | "stage-isolation"
  | "stage-sign-off"
  | "stage-retained"
  | "halt"
  | "referral"
  | "changes"
  | "release"
  | "exhibits"
  | "hand-over"
  | "papers"
  | "timeline"
  | "incident-log"
  | "term-report"
  | "destroyed"
  | "store"
  | "people"
  | "computers"
  | "time"
  | "time-server"
  | "support"
  | "backup"
  | "check"
  | "verify"
  | "restore"
  | "restored";

/** The stage, by id, to the page where it is worked on. */
const STAGES: Record<string, PageName> = {
  reported: "stage-reported",
  triage: "stage-triage",
  group: "stage-group",
  computer: "stage-computer",
  review: "stage-review",
  judgement: "stage-judgement",
  action: "stage-action",
  isolation: "stage-isolation",
  "sign-off": "stage-sign-off",
  retained: "stage-retained",
};

export function stagePage(id: string): PageName {
  return STAGES[id] ?? "case";
}

/** The pages that can be reached while nobody is signed in. */
export const OUTSIDE: ReadonlySet<PageName> = new Set([
  "welcome",
  "practice-question",
  "set-up",
  "trouble",
  "sign-in",
  "restore",
]);

/** The pages that belong to no case. */
export const NO_CASE: ReadonlySet<PageName> = new Set(["cases", "incident-log", "term-report", "report", "policy", "store", "people", "computers", "time", "time-server", "support", "backup", "check", "verify", "restored", "destroyed"]);

/** The stage's number from 1, or none where the page belongs to no stage. */
export function stageNumber(page: PageName): number | null {
  const place = Object.values(STAGES).indexOf(page);
  return place < 0 ? null : place + 1;
}
