// Where the boxes, lines and words of a chart are drawn, in so many pixels of width. What does not fit scrolls.
import type { Chart, ChartNode } from "../generated/wire";
import type { Run } from "./route";
import { linesOf, widthOf } from "./text";
import { drawn, offsetOf, type Tracks } from "./tracks";

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
  here: boolean;
  taken: boolean;
  end: boolean;
}
export interface Word {
  lines: string[];
  x: number;
  y: number;
  width: number;
  height: number;
  /** From the box that its line leaves by the side. */
  off: number;
}
export interface Way {
  name: string;
  to: string;
  path: string;
  head: string;
  word: Word | null;
  taken: boolean;
}
export interface Laid {
  width: number;
  height: number;
  size: number;
  lineHeight: number;
  boxes: Box[];
  ways: Way[];
}

/** The tag in the box where the case is: its height with the room below it. */
export const HERE = 32;
/** The widest box. */
const WIDEST = 300;
const EDGE = 6;
const TRACK = 16;
/** Between two lines that leave a box by the same side. */
const PORT = 30;
const ARROW = 12;
const AROUND_WORD = 7;

interface Sizes {
  box: number;
  size: number;
  lineHeight: number;
}

export function layOut(chart: Chart, available: number): Laid {
  const columns = Math.max(1, ...chart.nodes.map((node) => node.column + 1));
  const rows = Math.max(1, ...chart.nodes.map((node) => node.row + 1));
  const size = columns > 3 ? 15 : 16;
  const lineHeight = size + 4;
  const laid = drawn(chart);
  const words = chart.edges.map((edge) => wordOf(edge.label, columns, size, lineHeight));
  const gaps = channels(laid.runs, laid.tracks, words, columns, rows);
  const room = available - gaps.across.reduce((sum, gap) => sum + gap.width, 0) - EDGE * 2;
  const box = Math.floor(Math.min(columns > 2 ? 250 : WIDEST, Math.max(116, room / columns)));
  const sizes = { box, size, lineHeight };

  const lefts = starts(gaps.across.map((gap) => gap.width), Array.from({ length: columns }, () => box));
  const widths = (node: ChartNode) => (stretches(node, chart, laid.runs) ? roomOf(lefts, node.column, box) : box);
  const heights = rowHeights(chart, laid.tracks, sizes, rows, widths);
  const tops = starts(gaps.down.map((gap) => gap.width), heights);
  const boxes = chart.nodes.map((node): Box => {
    const own = linesOf(node.label, widths(node) - 22, size, node.here ? 700 : 400);
    const height = heightOf(own.length, node.here, sizes);
    return {
      id: node.id,
      x: (lefts.boxes[node.column] ?? 0) + (box - widths(node)) / 2,
      y: (tops.boxes[node.row] ?? 0) + ((heights[node.row] ?? height) - height) / 2,
      width: widths(node),
      height,
      lines: own,
      here: node.here,
      taken: node.taken,
      end: !chart.edges.some((edge) => edge.from === node.id),
    };
  });
  const place = (run: Run) => {
    const [start, sizesOf, gapsOf] = run.upright ? [lefts, () => box, gaps.across] : [tops, (at: number) => heights[at] ?? 0, gaps.down];
    const at = Math.floor(run.line / 2);
    const offset = offsetOf(run.line, laid.tracks.of(run));
    if (run.line % 2 === 1) return Math.round((start.boxes[at] ?? 0) + sizesOf(at) / 2) + offset * PORT;
    const gap = gapsOf[at];
    return Math.round((start.gaps[at] ?? 0) + (gap?.before ?? 0) + TRACK / 2) + offset * TRACK;
  };
  const ways = chart.edges.flatMap((edge, number): Way[] => {
    const [from, to] = [boxes.find((one) => one.id === edge.from), boxes.find((one) => one.id === edge.to)];
    const runs = laid.runs[number] ?? [];
    if (!from || !to || runs.length === 0) return [];
    return [{ name: `${edge.from} > ${edge.to}`, to: edge.to, ...line(runs, from, to, place), word: placed(words[number] ?? null, runs, from, to, place), taken: edge.taken }];
  });
  return { width: lefts.end + EDGE * 2, height: tops.end + EDGE * 2, size, lineHeight, boxes, ways };
}

function wordOf(label: string, columns: number, size: number, lineHeight: number): Word | null {
  if (label === "") return null;
  const lines = linesOf(label, columns > 3 ? 84 : 130, size, 600);
  const width = Math.max(...lines.map((one) => widthOf(one, size, 600))) + AROUND_WORD * 2;
  return { lines, x: 0, y: 0, width, height: lines.length * lineHeight + 4, off: columns > 3 ? 5 : 12 };
}

interface Gap {
  /** Room for words before the tracks, in pixels. */
  before: number;
  width: number;
}

/** How wide the channels are: room for the words of what leaves a box into them, and for their tracks. */
function channels(runs: Run[][], all: Tracks, words: (Word | null)[], columns: number, rows: number): { across: Gap[]; down: Gap[] } {
  const make = (upright: boolean, count: number): Gap[] =>
    Array.from({ length: count + 1 }, (_, at) => {
      const line = at * 2;
      let [before, after, passed] = [0, 0, false];
      runs.forEach((own, number) => {
        const first = own[0];
        // A word stands where the line leaves its box: in the channel beside it.
        const word = words[number];
        if (first && first.upright !== upright) {
          const length = word ? (upright ? word.width + word.off : word.height + 5) + 3 : 0;
          if (first.from + 1 === line && first.to > first.from) before = Math.max(before, length);
          if (first.from - 1 === line && first.to < first.from) after = Math.max(after, length);
        }
        passed ||= own.some((run) => run.upright !== upright && Math.min(run.from, run.to) < line && Math.max(run.from, run.to) > line);
      });
      const tracksHere = all.count(upright, line);
      const outer = at === 0 || at === count;
      const least = outer && tracksHere === 0 ? 0 : passed ? ARROW + 22 : 20;
      const inner = before + tracksHere * TRACK + after + (passed ? ARROW + 6 : 4);
      const width = tracksHere === 0 ? Math.max(least, Math.max(before, after) + (passed ? ARROW + 8 : 0)) : Math.max(least, inner);
      const slack = Math.max(0, width - inner);
      return { before: tracksHere === 0 ? 0 : before + slack / 2 + (before > 0 || after > 0 ? 2 : 0), width };
    });
  return { across: make(true, columns), down: make(false, rows) };
}

function starts(gaps: number[], boxes: number[]): { gaps: number[]; boxes: number[]; end: number } {
  const found = { gaps: [] as number[], boxes: [] as number[], end: EDGE };
  gaps.forEach((gap, at) => {
    found.gaps.push(found.end);
    found.end += gap;
    found.boxes.push(found.end);
    found.end += boxes[at] ?? 0;
  });
  found.end -= EDGE;
  return found;
}

function heightOf(lines: number, here: boolean, sizes: Sizes): number {
  return lines * sizes.lineHeight + 20 + (here ? HERE : 0);
}

/** A box that has its row to itself, with no line beside it, may be wider than its column. */
function stretches(node: ChartNode, chart: Chart, runs: Run[][]): boolean {
  if (chart.nodes.some((other) => other !== node && other.row === node.row)) return false;
  const row = node.row * 2 + 1;
  return !runs.flat().some((run) => {
    if (!run.upright) return run.line === row;
    return run.line !== node.column * 2 + 1 && Math.min(run.from, run.to) <= row && Math.max(run.from, run.to) >= row;
  });
}

/** How wide such a box can be around the middle of its column. */
function roomOf(lefts: { boxes: number[]; end: number }, column: number, box: number): number {
  const middle = (lefts.boxes[column] ?? 0) + box / 2;
  return Math.max(box, Math.min(WIDEST, (Math.min(middle, lefts.end + EDGE - middle) - EDGE) * 2));
}

function rowHeights(chart: Chart, all: Tracks, sizes: Sizes, rows: number, widths: (node: ChartNode) => number): number[] {
  return Array.from({ length: rows }, (_, row) => {
    const own = chart.nodes.filter((node) => node.row === row);
    const texts = own.map((node) => heightOf(linesOf(node.label, widths(node) - 22, sizes.size, node.here ? 700 : 400).length, node.here, sizes));
    return Math.max(sizes.lineHeight + 20, (all.count(false, row * 2 + 1) - 1) * PORT + 24, ...texts);
  });
}

type Place = (run: Run) => number;

/** Where the line leaves its box, and where it comes to the other. */
function ends(runs: Run[], from: Box, to: Box, place: Place): { x: number; y: number }[] {
  const side = (box: Box, run: Run, forward: boolean) =>
    run.upright ? { x: place(run), y: forward ? box.y + box.height : box.y } : { x: forward ? box.x + box.width : box.x, y: place(run) };
  const [first, last] = [runs[0], runs[runs.length - 1]];
  if (!first || !last) return [];
  return [side(from, first, first.to > first.from), side(to, last, last.to < last.from)];
}

function line(runs: Run[], from: Box, to: Box, place: Place): { path: string; head: string } {
  const [start, end] = ends(runs, from, to, place);
  const last = runs[runs.length - 1];
  if (!start || !end || !last) return { path: "", head: "" };
  const back = last.to > last.from ? -ARROW : ARROW;
  let path = `M${start.x} ${start.y}`;
  runs.forEach((run, at) => {
    const next = runs[at + 1];
    const reach = next ? place(next) : (run.upright ? end.y : end.x) + back;
    path += run.upright ? `V${reach}` : `H${reach}`;
  });
  const head = last.upright ? `M${end.x} ${end.y}l-6.5 ${back}h13z` : `M${end.x} ${end.y}l${back} -6.5v13z`;
  return { path, head };
}

/** A word on its line, where the line leaves its box. */
function placed(word: Word | null, runs: Run[], from: Box, to: Box, place: Place): Word | null {
  const [start, end] = ends(runs, from, to, place);
  const first = runs[0];
  if (!word || !start || !end || !first) return null;
  const forward = first.to > first.from ? 1 : -1;
  const near = (run: Run) => (run.upright ? word.height / 2 + 5 : word.width / 2 + word.off);
  if (first.upright) return { ...word, x: start.x, y: start.y + forward * near(first) };
  return { ...word, x: start.x + forward * near(first), y: start.y };
}
