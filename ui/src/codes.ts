// The recovery codes as people type them from paper: case, spaces and dashes do not count.
import type { Problem } from "./desk.svelte";

const SYMBOLS = /^[0-9A-HJKMNP-TV-Z]*$/;
const LENGTH = 36;

/** The letters and figures of what was typed; O is 0, I and L are 1. */
function symbols(typed: string): string {
  return typed
    .replace(/[\s\p{Pd}.]/gu, "")
    .toUpperCase()
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

/** The code as it is printed: groups of four. */
export function inGroups(typed: string): string {
  return symbols(typed).match(/.{1,4}/gu)?.join("-") ?? "";
}

/** How much of the nine groups is typed, in words. */
export function typedSoFar(typed: string): string {
  const count = symbols(typed).length;
  if (count === 0) return "";
  if (count === LENGTH) return "9 of 9 groups";
  return `${Math.floor(count / 4)} of 9 groups${count % 4 === 0 ? "" : ` and ${count % 4} more`}`;
}

/** What is wrong with the two codes, each by its own field. The core knows whether they are the right ones. */
export function codesLacking(codes: string[]): Problem[] {
  const found: Problem[] = [];
  for (const index of [0, 1]) {
    const problem = lacking(codes[index] ?? "", index + 1);
    if (problem) found.push({ field: `codes-${index}`, text: problem });
  }
  if (found.length === 0 && symbols(codes[0] ?? "") === symbols(codes[1] ?? "")) {
    found.push({ field: "codes-1", text: "Code 2 is the same as code 1. Enter the code on the other paper" });
  }
  return found;
}

function lacking(typed: string, number: number): string | null {
  const all = symbols(typed);
  if (all === "") return `Enter code ${number}`;
  const stranger = [...all].findIndex((symbol) => !SYMBOLS.test(symbol));
  if (stranger >= 0) {
    const group = Math.floor(stranger / 4) + 1;
    return `Code ${number}, group ${group}: ${[...all][stranger]} is never part of a code. Compare this group with the paper`;
  }
  if (all.length === LENGTH) return null;
  const count = all.length < LENGTH ? "too short" : "too long";
  return `Code ${number} is ${count}: ${all.length} letters and figures, where there are ${LENGTH}. Compare it with the paper`;
}
