// How wide words are, and how they are broken into lines. Words are never made smaller: a box grows instead.
const FACE = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', sans-serif";
let context: CanvasRenderingContext2D | null | undefined;

/** In pixels. Where nothing can be measured, a little too wide. */
export function widthOf(text: string, size: number, weight = 400): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return text.length * size * 0.6;
  context.font = `${weight} ${size}px ${FACE}`;
  return context.measureText(text).width;
}

/** The lines of a text; a word that is wider than a line is broken. */
export function linesOf(text: string, width: number, size: number, weight = 400): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && widthOf(`${last} ${word}`, size, weight) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...broken(word, width, size, weight));
  }
  return lines.length === 0 ? [""] : lines;
}

function broken(word: string, width: number, size: number, weight: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest.length > 1 && widthOf(rest, size, weight) > width) {
    let length = rest.length - 1;
    while (length > 1 && widthOf(`${rest.slice(0, length)}-`, size, weight) > width) length -= 1;
    parts.push(`${rest.slice(0, length)}-`);
    rest = rest.slice(length);
  }
  return [...parts, rest];
}
