import type { DrawnPlot } from './plot.ts';
import type { Goal, RowResult } from './row.ts';
import type { Summary } from './statistics.ts';

const SIGNS: Readonly<Record<Goal, string>> = {
  'at-least': '≥',
  'at-most': '≤',
  above: '>',
  below: '<',
};

/** One row as lines of text. */
export function rowText(row: RowResult): string {
  const { ratio, baseline, unit, against } = row;
  const held =
    ratio === null ? `value     ${short(row.value)} ${unit}` : `ratio     ${summaryText(ratio)}`;
  return [
    `${row.name}: ${row.title}`,
    `  ${held}   target ${targetText(row)}   ${row.met ? 'met' : 'MISSED'}`,
    `  ours      ${summaryText(row.ours)} ${unit}`,
    ...(baseline === null ? [] : [`  baseline  ${summaryText(baseline)} ${unit} (${against})`]),
    ...(row.cpu === null ? [] : [cpuText(row.cpu)]),
    ...row.parts.map((it) => `  part      ${it.name}: ${summaryText(it.value)} ${it.unit}`),
    ...row.remarks.map((remark) => `  note      ${remark}`),
  ].join('\n');
}

/** A plot as lines of text: each line's medians from the least size to the greatest. */
export function plotText({ name, title, along, unit, lines }: DrawnPlot): string {
  return [
    `plot-${name}: ${title}`,
    ...lines.flatMap((line) => [
      `  ${line.name}   slope ${line.slope.toFixed(2)}`,
      ...line.points.map(
        ({ size, value }) => `    ${size} ${along}: ${summaryText(value)} ${unit}`,
      ),
    ]),
  ].join('\n');
}

export function targetText({ goal, target }: Pick<RowResult, 'goal' | 'target'>): string {
  return `${SIGNS[goal]} ${target}`;
}

function cpuText({ ours, baseline }: NonNullable<RowResult['cpu']>): string {
  return `  processor ${short(ours)} µs a call, baseline ${short(baseline)} µs (${short(ours / baseline)} ×)`;
}

function summaryText({ median, min, max }: Summary): string {
  return `${short(median)} [${short(min)} to ${short(max)}]`;
}

/** Three digits that count. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
