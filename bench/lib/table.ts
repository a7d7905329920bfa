import type { RowResult } from './row.ts';
import type { Summary } from './statistics.ts';

/** One row as lines of text. */
export function rowText(row: RowResult): string {
  const sign = row.goal === 'at-least' ? '≥' : '≤';
  return [
    `${row.name}: ${row.title}`,
    `  ratio     ${summaryText(row.ratio)}   target ${sign} ${row.target}   ${row.met ? 'met' : 'MISSED'}`,
    `  ours      ${summaryText(row.ours)} ${row.unit}`,
    `  baseline  ${summaryText(row.baseline)} ${row.unit} (${row.against})`,
    ...(row.cpu === null ? [] : [cpuText(row.cpu)]),
    ...row.remarks.map((remark) => `  note      ${remark}`),
  ].join('\n');
}

function cpuText({ ours, baseline }: NonNullable<RowResult['cpu']>): string {
  return `  processor ${short(ours)} µs a call, baseline ${short(baseline)} µs (${short(ours / baseline)} ×)`;
}

function summaryText({ median, min, max }: Summary): string {
  return `${short(median)} [${short(min)} to ${short(max)}]`;
}

/** Three digits that count. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
