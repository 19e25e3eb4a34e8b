// The parts of a policy in the order in which they are read; each chart is a part of its own.
import type { PolicyView } from "../../generated/wire";

export interface Part {
  id: string;
  title: string;
  group: string;
}

/** Which heading of the contents a part stands under. */
const GROUPS: Record<string, string> = {
  about: "This policy",
  categories: "What it is about",
  grounds: "What it is about",
  steps: "What is done",
  outcomes: "What is done",
  agencies: "What is done",
  clocks: "What is done",
  isolation: "What is done",
  pupils: "Tables of actions",
  staff: "Tables of actions",
};
const KEEPING = "Keeping records";
const CHARTS = "Charts";
export const ORDER = ["This policy", "What it is about", "What is done", CHARTS, "Tables of actions", KEEPING];

export const chartPart = (id: string) => `chart-${id}`;

export function partsOf(policy: PolicyView): Part[] {
  const parts = policy.sections.flatMap((section): Part[] =>
    section.id === "charts"
      ? policy.charts.map((chart) => ({ id: chartPart(chart.id), title: chart.title, group: CHARTS }))
      : [{ id: section.id, title: section.title, group: section.id === "national" ? "This policy" : (GROUPS[section.id] ?? KEEPING) }],
  );
  return ORDER.flatMap((group) => parts.filter((part) => part.group === group));
}
