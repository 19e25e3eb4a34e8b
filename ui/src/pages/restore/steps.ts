export type Step = "folder" | "codes" | "found" | "halted" | "computer" | "why" | "sign-in";

const FIELDS: Record<string, Step> = {
  folder: "folder",
  place: "folder",
  codes: "codes",
  halted: "halted",
  since: "halted",
  same: "computer",
  sameComputer: "computer",
  computerName: "computer",
  assetTag: "computer",
  serial: "computer",
  location: "computer",
  reason: "why",
  custody: "why",
  person: "sign-in",
  passphrase: "sign-in",
};

/** The page on which an answer is given. */
export function stepOf(field: string): Step | null {
  return FIELDS[field.split("-")[0] ?? field] ?? null;
}

/** The answers so far; the two questions with more than an answer to send stay as they were chosen. */
export interface Answers {
  place: string;
  folder: string;
  codes: string[];
  /** `yes` or `no`: a case was halted since. */
  since: string;
  halted: string[];
  /** `same` or `other` computer. */
  computer: string;
  computerName: string;
  assetTag: string;
  serial: string;
  location: string;
  reason: string;
  custody: string;
  person: string;
  passphrase: string;
}
