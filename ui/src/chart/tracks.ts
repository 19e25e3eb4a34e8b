// Lines that run side by side in one channel each get a track of their own there; lines to the same box share one. The
// tracks are put in the order in which the fewest lines cross.
import type { Chart } from "../generated/wire";
import { routes, runsOf, type Cell, type Order, type Run } from "./route";

export interface Tracks {
  /** The track of each run of each edge, from 0. */
  of: (run: Run) => number;
  /** How many tracks a column (or row) of the grid has. */
  count: (upright: boolean, line: number) => number;
}

/** A run from box to box leaves the inside of both out. */
const spanOf = (run: Run, path: Cell[]) => {
  const [first, last] = [path[0], path[path.length - 1]];
  const at = (cell: Cell | undefined) => (run.upright ? cell?.y : cell?.x);
  const on = (cell: Cell | undefined) => (run.upright ? cell?.x : cell?.y) === run.line;
  let [low, high] = [Math.min(run.from, run.to), Math.max(run.from, run.to)];
  for (const end of [first, last]) {
    if (on(end) && at(end) === low) low += 0.6;
    if (on(end) && at(end) === high) high -= 0.6;
  }
  return { low, high };
};

export interface Drawn {
  runs: Run[][];
  tracks: Tracks;
  /** How many lines cross, and then how many turns there are. */
  cost: number;
}

const BY: Order[] = ["near", "far", "first", "last"];
const drawnBefore = new WeakMap<Chart, Drawn>();

/** The lines of a chart, laid in the order that leaves the fewest crossings. */
export function drawn(chart: Chart): Drawn {
  const before = drawnBefore.get(chart);
  if (before) return before;
  const targets = chart.edges.map((edge) => edge.to);
  const tried = BY.map((order) => {
    const laid = tracks(routes(chart, order), targets);
    return { ...laid, cost: laid.cost + crowded(chart, laid.runs) * 5000 };
  });
  const best = tried.reduce((least, other) => (other.cost < least.cost ? other : least));
  drawnBefore.set(chart, best);
  return best;
}

/** How many answers leave their box by a side that another answer leaves by: their words would lie on one another. */
function crowded(chart: Chart, runs: Run[][]): number {
  const sides = chart.edges.flatMap((edge, number) => {
    const first = runs[number]?.[0];
    return first && edge.label !== "" ? [`${edge.from}:${first.upright}:${first.to > first.from}`] : [];
  });
  return sides.length - new Set(sides).size;
}

function tracks(paths: Cell[][], targets: string[]): Drawn {
  const runs = paths.map((path, edge) => runsOf(path, edge));
  const lines = new Map<string, Run[]>();
  for (const run of runs.flat()) {
    const name = `${run.upright}:${run.line}`;
    lines.set(name, [...(lines.get(name) ?? []), run]);
  }
  const chosen = new Map<Run, number>();
  const counts = new Map<string, number>();
  for (const [name, all] of lines) counts.set(name, color(all, paths, targets, chosen));
  const crossed = uncross(lines, counts, chosen, runs, targets);
  return {
    runs,
    cost: crossed * 1000 + runs.flat().length,
    tracks: { of: (run) => chosen.get(run) ?? 0, count: (upright, line) => counts.get(`${upright}:${line}`) ?? 0 },
  };
}

function color(all: Run[], paths: Cell[][], targets: string[], chosen: Map<Run, number>): number {
  const placed: { run: Run; low: number; high: number; track: number }[] = [];
  const spans = all.map((run) => ({ run, ...spanOf(run, paths[run.edge] ?? []) }));
  // What goes straight from box to box first: it keeps the middle.
  spans.sort((a, b) => Number(paths[a.run.edge]?.length ?? 0) - Number(paths[b.run.edge]?.length ?? 0));
  for (const span of spans) {
    const meets = placed.filter((other) => other.low <= span.high && span.low <= other.high);
    const joined = meets.find((other) => targets[other.run.edge] === targets[span.run.edge]);
    let track = joined?.track ?? 0;
    if (!joined) while (meets.some((other) => other.track === track)) track += 1;
    placed.push({ ...span, track });
    chosen.set(span.run, track);
  }
  return 1 + Math.max(0, ...placed.map((one) => one.track));
}

/** Tries every order of the tracks of each line, as long as that takes crossings away. */
function uncross(lines: Map<string, Run[]>, counts: Map<string, number>, chosen: Map<Run, number>, runs: Run[][], targets: string[]): number {
  let least = crossings(runs, chosen, targets);
  for (let round = 0; round < 2; round += 1) {
    for (const [name, all] of lines) {
      const count = counts.get(name) ?? 1;
      if (count < 2 || count > 4) continue;
      let before = all.map((run) => chosen.get(run) ?? 0);
      for (const order of orders(count)) {
        const tried = before.map((track) => order[track] ?? track);
        all.forEach((run, at) => chosen.set(run, tried[at] ?? 0));
        const found = crossings(runs, chosen, targets);
        if (found < least) {
          least = found;
          before = tried;
        }
        all.forEach((run, at) => chosen.set(run, before[at] ?? 0));
      }
    }
  }
  return least;
}

function orders(count: number): number[][] {
  if (count <= 1) return [[0]];
  return orders(count - 1).flatMap((order) => Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]));
}

/** Where a track lies in its line: beside the boxes, tracks lie around the middle. */
export function offsetOf(line: number, track: number): number {
  if (line % 2 === 0) return track;
  return track === 0 ? 0 : track % 2 === 1 ? (track + 1) / 2 : -track / 2;
}

function crossings(runs: Run[][], chosen: Map<Run, number>, targets: string[]): number {
  const at = (run: Run) => run.line * 100 + offsetOf(run.line, chosen.get(run) ?? 0) * 5;
  const parts = runs.map((own) =>
    own.map((run, number) => {
      const [before, after] = [own[number - 1], own[number + 1]];
      const ends = [before ? at(before) : run.from * 100, after ? at(after) : run.to * 100];
      return { upright: run.upright, at: at(run), low: Math.min(...ends), high: Math.max(...ends) };
    }),
  );
  let found = 0;
  for (let one = 0; one < parts.length; one += 1) {
    for (let other = one + 1; other < parts.length; other += 1) {
      if (targets[one] === targets[other]) continue;
      for (const a of parts[one] ?? []) {
        for (const b of parts[other] ?? []) {
          if (a.upright !== b.upright && b.at > a.low && b.at < a.high && a.at > b.low && a.at < b.high) found += 1;
          // Two lines on one another would be worse than any crossing.
          if (a.upright === b.upright && a.at === b.at && a.low < b.high && b.low < a.high) found += 20;
        }
      }
    }
  }
  return found;
}
