import type { KeptResults, KeptRow } from './kept-results.ts';
import type { DrawnPlot } from './plot.ts';
import type { RowPart } from './row.ts';
import type { Summary } from './statistics.ts';
import { short, targetText } from './table.ts';

/** The tables of docs/PERFORMANCE.md by their marks: numbers are never typed. */
export function resultTables(results: KeptResults): Readonly<Record<string, string>> {
  const { machine, rows, plots } = results;
  return {
    summary: summaryTable(rows),
    machine: machineText(machine, rows),
    results: resultTable(rows),
    parts: partTables(rows),
    plots: plotTables(plots),
  };
}

function machineText(machine: string, rows: readonly KeptRow[]): string {
  if (rows.length === 0) return `Machine: ${machine}.`;
  const loads = range(rows.map(({ load }) => load.toFixed(1)));
  const rounds = range(rows.map((row) => String(row.rounds)));
  return `Machine: ${machine}. Rounds, where a row has no fewer: ${rounds}. Load average while it was measured, the bench's own processes included: ${loads}.`;
}

/** From the least to the most of some numbers. */
function range(values: readonly string[]): string {
  const sorted = values.toSorted((a, b) => Number(a) - Number(b));
  const [least, most] = [sorted[0] ?? '', sorted.at(-1) ?? ''];
  return least === most ? least : `${least} to ${most}`;
}

/** What a reader wants first: is each target met? */
function summaryTable(rows: readonly KeptRow[]): string {
  return table(
    ['row', 'target', 'result', 'met'],
    rows.map((row) => {
      const unit = row.ratio === null ? row.unit : '×';
      const result = short(row.ratio?.median ?? row.value);
      const met = row.met ? 'yes' : '**no**';
      return [`\`${row.name}\``, `${targetText(row)} ${unit}`, `${result} ${unit}`, met];
    }),
  );
}

function resultTable(rows: readonly KeptRow[]): string {
  const lines = rows.map((row) => {
    const held = row.ratio === null ? `${short(row.value)} ${row.unit}` : spread(row.ratio);
    return [
      `\`${row.name}\``,
      row.title,
      row.against ?? '',
      targetText(row) + (row.ratio === null ? ` ${row.unit}` : ' ×'),
      held,
      row.met ? 'yes' : '**no**',
      valuesText(row),
      cpuText(row),
    ];
  });
  return table(
    [
      'row',
      'what',
      'measured against',
      'target',
      'result',
      'met',
      'ours / baseline',
      'processor, µs a call',
    ],
    lines,
  );
}

function valuesText({ ours, baseline, unit, ratio }: KeptRow): string {
  if (baseline === null || ratio === null) return ours.min === ours.max ? '' : spread(ours);
  return `${short(ours.median)} / ${short(baseline.median)} ${unit}`;
}

function cpuText({ cpu }: KeptRow): string {
  if (cpu === null) return '';
  return `${short(cpu.ours)} / ${short(cpu.baseline)} = ${short(cpu.ours / cpu.baseline)}`;
}

/** What rows are made of, and what was said by the runs. */
function partTables(rows: readonly KeptRow[]): string {
  const told = rows.filter(({ parts, remarks }) => parts.length + remarks.length > 0);
  return told.map((row) => [`**${row.name}**`, ...partText(row)].join('\n\n')).join('\n\n');
}

function partText({ parts, remarks }: KeptRow): readonly string[] {
  const one = ({ name, value, unit }: RowPart) => [name, spread(value), unit];
  return [
    ...(parts.length === 0 ? [] : [table(['part', 'median (least to most)', ''], parts.map(one))]),
    ...(remarks.length === 0 ? [] : [`${remarks.join('; ')}.`]),
  ];
}

function plotTables(plots: readonly DrawnPlot[]): string {
  return plots.map(plotText).join('\n\n');
}

function plotText({ name, title, along, unit, lines }: DrawnPlot): string {
  const sizes = lines[0]?.points.map(({ size }) => size.toLocaleString('en-US')) ?? [];
  const rows = lines.map((line) => [
    line.name,
    ...line.points.map(({ value }) => `${short(value.median)} ${unit}`),
    line.slope.toFixed(2),
  ]);
  return [
    `**${title}**`,
    `![${title}](performance/${name}.svg)`,
    table([along, ...sizes, 'slope'], rows),
  ].join('\n\n');
}

function spread({ median, min, max }: Summary): string {
  if (min === max) return short(median);
  return `${short(median)} (${short(min)} to ${short(max)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
