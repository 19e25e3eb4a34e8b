export const STEPS = ["child", "what", "who", "category", "check"] as const;
export type Step = (typeof STEPS)[number];

const FIELDS: Record<string, Step> = {
  childSafe: "child",
  childSafeWords: "child",
  title: "what",
  what: "what",
  when: "what",
  place: "what",
  reporter: "what",
  reportedTo: "what",
  subject: "who",
  subjectKind: "who",
  subjectEnrolled: "who",
  worksWithChildren: "who",
  others: "who",
  category: "category",
};

/** The page on which an answer is given. */
export function stepOf(field: string): Step | null {
  return FIELDS[field.split("-")[0] ?? field] ?? null;
}
