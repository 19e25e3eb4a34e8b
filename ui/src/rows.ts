/** A list with a further page of it. What was opened meanwhile moves the others on: none stands twice. */
export function joined<T extends { id: string }>(rows: T[], more: T[]): T[] {
  const known = new Set(rows.map((row) => row.id));
  return [...rows, ...more.filter((row) => !known.has(row.id))];
}
