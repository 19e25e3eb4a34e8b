// Which way the lines of a chart take. The chart stands on a grid: boxes in the odd columns and rows, and between them
// channels in which lines run. Each line takes the cheapest way: few bends, few crossings, a side of the box for itself.
import type { Chart } from "../generated/wire";

export interface Cell {
  x: number;
  y: number;
}
/** A straight part of a line. The line's number is that of the grid's column or row in which it lies. */
export interface Run {
  edge: number;
  /** Along the columns of the grid, or across them. */
  upright: boolean;
  line: number;
  from: number;
  to: number;
}

/** Right, down, left, up. */
const TURNS = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;
const UP = 3;
const BEND = 4;
const CROSSING = 6;
const BESIDE = 3;
const SHARED_SIDE = 9;
const FROM_ABOVE_OR_BELOW = 9;

interface Grid {
  width: number;
  height: number;
  boxes: Map<string, string>;
}

const key = (x: number, y: number) => `${x},${y}`;

/** The orders in which lines are laid: each takes what the ones before have left. */
export type Order = "near" | "far" | "first" | "last";

/** The cells that each edge passes, from its box to the other, both included. Edges to a box that is not there have none. */
export function routes(chart: Chart, by: Order): Cell[][] {
  const place = new Map(chart.nodes.map((node) => [node.id, { x: node.column * 2 + 1, y: node.row * 2 + 1 }]));
  const grid: Grid = {
    width: Math.max(1, ...[...place.values()].map((cell) => cell.x)) + 2,
    height: Math.max(1, ...[...place.values()].map((cell) => cell.y)) + 2,
    boxes: new Map([...place].map(([id, cell]) => [key(cell.x, cell.y), id])),
  };
  const found: Cell[][] = chart.edges.map(() => []);
  const used = new Used();
  const far = (edge: { from: string; to: string }) => {
    const [from, to] = [place.get(edge.from), place.get(edge.to)];
    return from && to ? Math.abs(from.x - to.x) * 2 + Math.abs(from.y - to.y) : 0;
  };
  const order = chart.edges.map((edge, number) => ({ edge, number, far: far(edge) }));
  if (by === "near") order.sort((a, b) => a.far - b.far);
  else if (by === "far") order.sort((a, b) => b.far - a.far);
  else if (by === "last") order.reverse();
  for (const { edge, number } of order) {
    const [from, to] = [place.get(edge.from), place.get(edge.to)];
    if (!from || !to) continue;
    const path = cheapest(grid, used, from, to, edge.to);
    found[number] = path;
    used.take(path, edge.to);
  }
  return found;
}

/** The straight parts of a way. */
export function runsOf(path: Cell[], edge: number): Run[] {
  const runs: Run[] = [];
  path.slice(1).forEach((cell, at) => {
    const before = path[at];
    if (!before) return;
    const upright = cell.x === before.x;
    const last = runs[runs.length - 1];
    if (last?.upright === upright) last.to = upright ? cell.y : cell.x;
    else runs.push({ edge, upright, line: upright ? cell.x : cell.y, from: upright ? before.y : before.x, to: upright ? cell.y : cell.x });
  });
  return runs;
}

/** What the lines before have taken: cells by direction, and sides of boxes. */
class Used {
  #cells = new Map<string, { upright: boolean; to: string }[]>();
  #sides = new Map<string, { out: boolean; to: string }[]>();

  take(path: Cell[], to: string) {
    for (const run of runsOf(path, 0)) {
      const [low, high] = [Math.min(run.from, run.to), Math.max(run.from, run.to)];
      for (let at = low; at <= high; at += 1) {
        const cell = run.upright ? key(run.line, at) : key(at, run.line);
        this.#cells.set(cell, [...(this.#cells.get(cell) ?? []), { upright: run.upright, to }]);
      }
    }
    const [first, second] = path;
    const [last, before] = [path[path.length - 1], path[path.length - 2]];
    if (first && second) this.#side(first, second, true, to);
    if (last && before) this.#side(last, before, false, to);
  }

  #side(box: Cell, beside: Cell, out: boolean, to: string) {
    const side = `${key(box.x, box.y)}>${key(beside.x, beside.y)}`;
    this.#sides.set(side, [...(this.#sides.get(side) ?? []), { out, to }]);
  }

  /** What it costs to leave or reach a box by this side. Lines to the same box may come in together. */
  side(box: Cell, beside: Cell, out: boolean, to: string): number {
    const here = this.#sides.get(`${key(box.x, box.y)}>${key(beside.x, beside.y)}`) ?? [];
    return here.filter((other) => out || other.out || other.to !== to).length * SHARED_SIDE;
  }

  cell(x: number, y: number, upright: boolean, to: string): number {
    const here = this.#cells.get(key(x, y)) ?? [];
    return here.filter((other) => other.to !== to).reduce((sum, other) => sum + (other.upright === upright ? BESIDE : CROSSING), 0);
  }
}

interface State {
  x: number;
  y: number;
  turn: number;
  cost: number;
  before: State | null;
}

function cheapest(grid: Grid, used: Used, from: Cell, to: Cell, name: string): Cell[] {
  // By cost: every cost is a whole number.
  const open: State[][] = [];
  const push = (state: State) => (open[state.cost] ??= []).push(state);
  TURNS.forEach((_, turn) => push({ ...from, turn, cost: turn === UP ? FROM_ABOVE_OR_BELOW : 0, before: null }));
  const best = new Map<string, number>();
  for (let least = 0; least < open.length; ) {
    const state = open[least]?.shift();
    if (!state) {
      least += 1;
      continue;
    }
    if (state.x === to.x && state.y === to.y) return unwound(state);
    const seen = `${key(state.x, state.y)}:${state.turn}`;
    if ((best.get(seen) ?? Infinity) <= state.cost) continue;
    best.set(seen, state.cost);
    TURNS.forEach((step, turn) => {
      const atStart = state.before === null;
      if ((atStart && turn !== state.turn) || turn === (state.turn + 2) % 4) return;
      const next = { x: state.x + step.x, y: state.y + step.y };
      if (next.x < 0 || next.y < 0 || next.x >= grid.width || next.y >= grid.height) return;
      const isTarget = next.x === to.x && next.y === to.y;
      if (!isTarget && grid.boxes.has(key(next.x, next.y))) return;
      let cost = state.cost + 1 + (turn === state.turn ? 0 : BEND);
      if (atStart) cost += used.side(from, next, true, name);
      if (isTarget) cost += used.side(to, state, false, name) + (turn === UP ? FROM_ABOVE_OR_BELOW : 0);
      else cost += used.cell(next.x, next.y, step.x === 0, name);
      push({ ...next, turn, cost, before: state });
    });
  }
  return [];
}

function unwound(end: State): Cell[] {
  const path: Cell[] = [];
  for (let state: State | null = end; state; state = state.before) path.unshift({ x: state.x, y: state.y });
  return path;
}
