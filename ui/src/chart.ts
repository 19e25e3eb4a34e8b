// Where the boxes and ways of a chart are drawn. The text is never made smaller: a wide chart scrolls.
import type { Chart, ChartNode } from "./generated/wire";

interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
  here: boolean;
  taken: boolean;
}
interface Way {
  path: string;
  head: string;
  label: string;
  labelX: number;
  labelY: number;
  taken: boolean;
}

const MARGIN = 22;
const BETWEEN_ROWS = 54;

export function layOut(chart: Chart): { width: number; height: number; boxes: Box[]; ways: Way[] } {
  const columns = Math.max(1, ...chart.nodes.map((node) => node.column + 1));
  const boxWidth = columns <= 2 ? 270 : 206;
  const gap = columns <= 2 ? 150 : 56;
  const tops = rowTops(chart.nodes, boxWidth);
  const boxes = chart.nodes.map((node): Box => {
    const lines = wrap(node.label, boxWidth);
    const row = tops[node.row] ?? { top: MARGIN, height: 0 };
    const height = lines.length * 20 + 18;
    return {
      id: node.id,
      x: MARGIN + node.column * (boxWidth + gap),
      y: row.top + (row.height - height) / 2,
      width: boxWidth,
      height,
      lines,
      here: node.here,
      taken: node.taken,
    };
  });
  const last = tops[tops.length - 1] ?? { top: 0, height: 0 };
  return {
    width: MARGIN * 2 + columns * boxWidth + (columns - 1) * gap,
    height: last.top + last.height + MARGIN,
    boxes,
    ways: chart.edges.flatMap((edge) => {
      const from = boxes.find((box) => box.id === edge.from);
      const to = boxes.find((box) => box.id === edge.to);
      return from && to ? [{ ...between(from, to), label: edge.label, taken: edge.taken }] : [];
    }),
  };
}

function rowTops(nodes: ChartNode[], boxWidth: number): { top: number; height: number }[] {
  const rows = Math.max(1, ...nodes.map((node) => node.row + 1));
  const tops: { top: number; height: number }[] = [];
  let top = MARGIN;
  for (let row = 0; row < rows; row += 1) {
    const lines = nodes.filter((node) => node.row === row).map((node) => wrap(node.label, boxWidth).length);
    const height = Math.max(1, ...lines) * 20 + 18;
    tops.push({ top, height });
    top += height + BETWEEN_ROWS;
  }
  return tops;
}

function wrap(label: string, boxWidth: number): string[] {
  const most = Math.floor((boxWidth - 20) / 8);
  const lines: string[] = [];
  for (const word of label.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function between(from: Box, to: Box): { path: string; head: string; labelX: number; labelY: number } {
  const fromX = from.x + from.width / 2;
  const toX = to.x + to.width / 2;
  const fromY = from.y + from.height / 2;
  const toY = to.y + to.height / 2;
  if (Math.abs(fromX - toX) < 1) {
    const down = toY > fromY;
    const start = down ? from.y + from.height : from.y;
    const end = down ? to.y : to.y + to.height;
    const tip = down ? -11 : 11;
    return {
      path: `M${fromX} ${start}V${end + tip}`,
      head: `M${toX} ${end}l-7 ${tip}h14z`,
      labelX: fromX,
      labelY: (start + end) / 2 - 3,
    };
  }
  const right = toX > fromX;
  const start = right ? from.x + from.width : from.x;
  const end = right ? to.x : to.x + to.width;
  const tip = right ? -11 : 11;
  // A way that comes back keeps clear of the label on the way out, which stands in the middle.
  const middle = right ? (start + end) / 2 : start + (end - start) / 4;
  const path = Math.abs(fromY - toY) < 1 ? `M${start} ${fromY}H${end + tip}` : `M${start} ${fromY}H${middle}V${toY}H${end + tip}`;
  return { path, head: `M${end} ${toY}l${tip} -7v14z`, labelX: Math.abs(fromY - toY) < 1 ? middle : (start + middle) / 2 + 4, labelY: fromY };
}
