/** One chart as SVG, for a README: lines over an axis of powers, in colours that can be read on white and on black. */

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Stands out. */
  readonly isOurs?: boolean;
}

export interface ChartOptions {
  readonly title: string;
  /** For those who do not see it. */
  readonly description: string;
  readonly xTitle: string;
  readonly yTitle: string;
}

/** In units of the drawing; on a phone it is half as wide, so letters are large. */
const WIDTH = 640;
const HEIGHT = 460;
const PLOT = { left: 64, right: WIDTH - 216, top: 66, bottom: HEIGHT - 62 };
const LETTERS = 17;
/** Between two names at the right. */
const NAME_HEIGHT = 21;

const OURS = 'ours';

/** Both axes are logarithmic, so all values have to be above 0. */
export function lineChart(lines: readonly Line[], options: ChartOptions): string {
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
  const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const xScale = logScale(Math.min(...xs), Math.max(...xs), PLOT.left, PLOT.right);
  const yScale = logScale(...decades(ys), PLOT.bottom, PLOT.top);
  const labels = spreadOut(
    lines.map(({ points }) => yScale(points.at(-1)?.[1] ?? 1)),
    PLOT.top,
    PLOT.bottom,
  );
  const drawn = lines.map((line, index) => [
    drawLine(line, index, xScale, yScale),
    text(
      PLOT.right + 12,
      (labels[index] ?? 0) + LETTERS / 3,
      line.name,
      `class="name ${classOf(line, index)}"`,
    ),
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(options.title)}</title>`,
    `<desc id="description">${escaped(options.description)}</desc>`,
    STYLE,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="10"/>`,
    text(20, 30, options.title, 'class="title"'),
    text(20, 53, options.yTitle, 'class="axis"'),
    ...decadesBetween(ys).map((value) => gridLine(value, yScale(value))),
    ...xTicks(xs).map((value) =>
      text(xScale(value), PLOT.bottom + 24, value.toLocaleString('en'), 'class="axis" text-anchor="middle"'),
    ),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 12, options.xTitle, 'class="axis" text-anchor="middle"'),
    // Ours last, so that it is above the others.
    ...drawn
      .toSorted(([one = ''], [other = '']) => Number(one.includes(OURS)) - Number(other.includes(OURS)))
      .flat(),
    '</svg>',
    '',
  ].join('\n');
}

/** A file of its own knows what its reader prefers, also as an image of a page. */
const STYLE = `<style>
text { font: ${LETTERS}px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: ${LETTERS + 3}px }
.axis { fill: #59636e; font-size: ${LETTERS - 2}px }
.ground { fill: #fff }
.grid { stroke: #d8dee4; stroke-width: 1 }
polyline { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round }
.line0 { stroke: #8250df } text.line0 { fill: #8250df; stroke: none }
.line1 { stroke: #bc4c00 } text.line1 { fill: #bc4c00; stroke: none }
.line2 { stroke: #0969da } text.line2 { fill: #0969da; stroke: none }
.line3 { stroke: #bf3989 } text.line3 { fill: #bf3989; stroke: none }
.line4 { stroke: #6e7781 } text.line4 { fill: #59636e; stroke: none }
.ours { stroke: #14704e; stroke-width: 4.5 } text.ours { fill: #14704e; stroke: none; font-weight: 700 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc }
.axis { fill: #9198a1 }
.ground { fill: #0d1117 }
.grid { stroke: #30363d }
.line0 { stroke: #ab7df8 } text.line0 { fill: #ab7df8 }
.line1 { stroke: #f0883e } text.line1 { fill: #f0883e }
.line2 { stroke: #4493f8 } text.line2 { fill: #4493f8 }
.line3 { stroke: #db61a2 } text.line3 { fill: #db61a2 }
.line4 { stroke: #9198a1 } text.line4 { fill: #9198a1 }
.ours { stroke: #3fb98a } text.ours { fill: #3fb98a }
}
</style>`;

const COLOURS = 5;

function classOf({ isOurs }: Line, index: number): string {
  return isOurs === true ? OURS : `line${index % COLOURS}`;
}

type Scale = (value: number) => number;

function logScale(from: number, to: number, start: number, end: number): Scale {
  const low = Math.log(from);
  const high = Math.log(to);
  return (value) => start + ((Math.log(value) - low) / (high - low || 1)) * (end - start);
}

/** The powers of ten around all values. */
function decades(values: readonly number[]): readonly [number, number] {
  return [
    10 ** Math.floor(Math.log10(Math.min(...values))),
    10 ** Math.ceil(Math.log10(Math.max(...values))),
  ];
}

function decadesBetween(values: readonly number[]): readonly number[] {
  const [low, high] = decades(values);
  const ticks: number[] = [];
  for (let value = low; value <= high * 1.001; value *= 10) ticks.push(Number(value.toPrecision(1)));
  return ticks;
}

/** Those that were measured, without one too near to the one before to be told apart. */
function xTicks(values: readonly number[]): readonly number[] {
  const all = [...new Set(values)].sort((one, other) => one - other);
  return all.filter((value, index) => index === 0 || value / (all[index - 1] ?? value) > 1.7);
}

function gridLine(value: number, y: number): string {
  const line = `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${rounded(y)}" y2="${rounded(y)}"/>`;
  return (
    line + text(PLOT.left - 8, y + LETTERS / 3, value.toLocaleString('en'), 'class="axis" text-anchor="end"')
  );
}

function drawLine(line: Line, index: number, xScale: Scale, yScale: Scale): string {
  const points = line.points.map(([x, y]) => `${rounded(xScale(x))},${rounded(yScale(y))}`).join(' ');
  return `<polyline class="${classOf(line, index)}" points="${points}"/>`;
}

/** Moves names apart that would lie on each other, in their order, and keeps them between two edges. */
export function spreadOut(wanted: readonly number[], top: number, bottom: number): readonly number[] {
  const order = wanted
    .map((_y, index) => index)
    .sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0));
  const placed: number[] = [];
  let free = top;
  for (const index of order) {
    const y = Math.max(wanted[index] ?? 0, free);
    placed[index] = y;
    free = y + NAME_HEIGHT;
  }
  let limit = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, limit);
    limit = (placed[index] ?? 0) - NAME_HEIGHT;
  }
  return placed;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}" ${attributes}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
