export type Step = "school" | "pack" | "computer" | "keychain" | "person-1" | "person-2" | "person-3" | "check" | "codes";

const FIELDS: Record<string, Step> = {
  schoolName: "school",
  schoolAddress: "school",
  prefix: "school",
  pack: "pack",
  computerName: "computer",
  assetTag: "computer",
  serial: "computer",
  location: "computer",
  withoutKeychain: "keychain",
};

/** The page on which an answer is given. */
export function stepOf(field: string): Step | null {
  const person = /^people-(\d)/.exec(field);
  if (person) return `person-${Number(person[1]) + 1}` as Step;
  return FIELDS[field] ?? null;
}
