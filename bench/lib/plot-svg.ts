import type { DrawnLine, DrawnPlot } from './plot.ts';

const WIDTH = 640;
const HEIGHT = 400;
const BOX = { left: 84, right: 590, top: 56, bottom: 300 };
/** Of lines, by their order; each is seen on white and on black, and has a mark of its own. */
const COLOURS = ['#3b82d6', '#d9782d', '#3f9d63', '#b061c9'];

/** A plot as a picture: both axes logarithmic, one grid line a decade, bars from least to most. */
export function plotSvg(plot: DrawnPlot): string {
  const points = plot.lines.flatMap(({ points }) => points);
  const x = axis(
    points.map(({ size }) => size),
    [BOX.left, BOX.right],
  );
  const y = axis(
    points.flatMap(({ value }) => [value.median, value.min, value.max]),
    [BOX.bottom, BOX.top],
  );
  const lines = plot.lines.map((line, index) => lineSvg(line, index, x.at, y.at));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(plot.title)}">
<style>
.paper { fill: #ffffff; } .grid { stroke: #d8dade; } text { fill: #2a2d33; font: 13px system-ui, sans-serif; } .title { font-size: 15px; font-weight: 600; }
@media (prefers-color-scheme: dark) { .paper { fill: #16181c; } .grid { stroke: #3a3e46; } text { fill: #e4e6ea; } }
</style>
<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>
<text class="title" x="${BOX.left}" y="28">${escaped(plot.title)}</text>
${x.ticks.map((tick) => vertical(x.at(tick), grouped(tick))).join('\n')}
${y.ticks.map((tick) => horizontal(y.at(tick), `${grouped(tick)} ${plot.unit}`)).join('\n')}
<text x="${(BOX.left + BOX.right) / 2}" y="${BOX.bottom + 42}" text-anchor="middle">${escaped(plot.along)}</text>
${lines.join('\n')}
</svg>
`;
}

interface Axis {
  /** The place of a value, pixels. */
  readonly at: (value: number) => number;
  /** Whole decades, all values between the first and the last. */
  readonly ticks: readonly number[];
}

function axis(values: readonly number[], [from, to]: readonly [number, number]): Axis {
  const logs = values.filter((it) => it > 0).map(Math.log10);
  const first = Math.floor(Math.min(...logs) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.max(...logs) - 1e-9));
  // What has no logarithm stands at the beginning.
  const share = (value: number) =>
    value > 0 ? Math.max(0, (Math.log10(value) - first) / (last - first)) : 0;
  return {
    at: (value) => from + share(value) * (to - from),
    ticks: Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index)),
  };
}

function lineSvg(
  { name, points, slope }: DrawnLine,
  index: number,
  x: Axis['at'],
  y: Axis['at'],
): string {
  const colour = COLOURS[index % COLOURS.length] ?? '';
  const dots = points.map(({ size, value }) => {
    const [at, median] = [fixed(x(size)), fixed(y(value.median))];
    const bar = `<path d="M${at} ${fixed(y(value.min))}V${fixed(y(value.max))}"/>`;
    return `${bar}${mark(index, Number(at), Number(median), colour)}`;
  });
  const path = points.map(({ size, value }) => `${fixed(x(size))} ${fixed(y(value.median))}`);
  // Two columns below the axis.
  const [left, top] = [BOX.left + (index % 2) * 270, BOX.bottom + 68 + Math.floor(index / 2) * 22];
  return `<g stroke="${colour}" stroke-width="2" fill="none"><path d="M${path.join('L')}"/>${dots.join('')}</g>
<g stroke="${colour}" stroke-width="2" fill="none">${mark(index, left + 6, top - 4, colour)}</g><text x="${left + 20}" y="${top}">${escaped(name)} (slope ${slope.toFixed(2)})</text>`;
}

/** Round, square, tilted or three-cornered: who sees no colours tells lines apart too. */
function mark(index: number, x: number, y: number, colour: string): string {
  const paths = [
    `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z`,
    `M${x - 4} ${y - 4}h8v8h-8z`,
    `M${x} ${y - 5}l5 5l-5 5l-5 -5z`,
    `M${x} ${y - 5}l5 9h-10z`,
  ];
  return `<path fill="${colour}" d="${paths[index % paths.length]}"/>`;
}

function vertical(x: number, label: string): string {
  const at = fixed(x);
  return `<path class="grid" d="M${at} ${BOX.top}V${BOX.bottom}"/><text x="${at}" y="${BOX.bottom + 20}" text-anchor="middle">${label}</text>`;
}

function horizontal(y: number, label: string): string {
  const at = fixed(y);
  return `<path class="grid" d="M${BOX.left} ${at}H${BOX.right}"/><text x="${BOX.left - 8}" y="${Number(at) + 4}" text-anchor="end">${escaped(label)}</text>`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
