import { desk } from "./desk.svelte";

/** What must be put right at a control, by its id. */
export function problemAt(id: string): string | null {
  return desk.problems.find((problem) => problem.field === id)?.text ?? null;
}

/** The answers that are still empty, each with what to do. */
export function empties(answers: [field: string, value: string, todo: string][]): { field: string; text: string }[] {
  return answers.filter(([, value]) => value.trim() === "").map(([field, , text]) => ({ field, text }));
}
