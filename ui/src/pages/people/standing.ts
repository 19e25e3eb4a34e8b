// How somebody stands in the school, as set-up and the list of people say it.
export const STANDINGS = [
  { id: "senior", label: "Senior member of staff", hint: "Reviews together with another" },
  { id: "head", label: "Headteacher", hint: "Signs off what the reviewers did" },
  { id: "deputy", label: "Named to sign off in the head's place", hint: "Such as an acting head, or the chair of governors" },
];

export function standingWords(id: string): string {
  return STANDINGS.find((standing) => standing.id === id)?.label ?? id;
}
