import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrawnPlot } from './plot.ts';
import { plotSvg } from './plot-svg.ts';
import { resultTables } from './report.ts';
import type { RowResult } from './row.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const PAGE = join(DOCS, 'PERFORMANCE.md');
const RESULTS = join(DOCS, 'performance/results.ndjson');

/** A row as it was measured, and when: the load tells how much else the machine did. */
export interface KeptRow extends RowResult {
  /** The machine's load average of the last minute when the row began, our own part included. */
  readonly load: number;
  readonly rounds: number;
}

export interface KeptResults {
  readonly machine: string;
  readonly rows: readonly KeptRow[];
  readonly plots: readonly DrawnPlot[];
}

/** The names in the order of the tables; a row and a plot may have the same. */
export interface KeptOrder {
  readonly rows: readonly string[];
  readonly plots: readonly string[];
}

/**
 * Keeps results in `docs/performance`, in the place of what was kept under the same names, and writes
 * the tables of docs/PERFORMANCE.md anew.
 */
export function keepResults(fresh: KeptResults, order: KeptOrder): void {
  const kept = readKept();
  const merged: KeptResults = {
    machine: fresh.machine,
    rows: mergeByName(kept.rows, fresh.rows, order.rows),
    plots: mergeByName(kept.plots, fresh.plots, order.plots),
  };
  mkdirSync(join(DOCS, 'performance'), { recursive: true });
  writeFileSync(RESULTS, toLines(merged));
  for (const plot of merged.plots) {
    writeFileSync(join(DOCS, `performance/${plot.name}.svg`), plotSvg(plot));
  }
  writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8'), resultTables(merged)));
}

function readKept(): KeptResults {
  if (!existsSync(RESULTS)) return { machine: '', rows: [], plots: [] };
  return fromLines(readFileSync(RESULTS, 'utf8'));
}

/** One line of the file: a new measurement of one row changes one line. */
type Line = { readonly machine: string } | { readonly row: KeptRow } | { readonly plot: DrawnPlot };

/** One JSON object a line: the machine, each row, each plot; numbers with six digits that count. */
export function toLines({ machine, rows, plots }: KeptResults): string {
  const lines: readonly Line[] = [
    { machine },
    ...rows.map((row) => ({ row })),
    ...plots.map((plot) => ({ plot })),
  ];
  const short = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  return lines.map((line) => `${JSON.stringify(line, short)}\n`).join('');
}

export function fromLines(text: string): KeptResults {
  const lines = text.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Line)));
  return {
    machine: lines.flatMap((line) => ('machine' in line ? line.machine : [])).join(),
    rows: lines.flatMap((line) => ('row' in line ? line.row : [])),
    plots: lines.flatMap((line) => ('plot' in line ? line.plot : [])),
  };
}

/** What is there, the new in the place of the old; what the bench does not know any more is dropped. */
export function mergeByName<T extends { readonly name: string }>(
  old: readonly T[],
  fresh: readonly T[],
  order: readonly string[],
): readonly T[] {
  const all = new Map([...old, ...fresh].map((it) => [it.name, it]));
  return order.flatMap((name) => all.get(name) ?? []);
}

/** Puts each table between its marks: `<!-- NAME -->` and `<!-- /NAME -->`. */
export function withTables(page: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The page has no place for ${name}.`);
    return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
  }, page);
}
