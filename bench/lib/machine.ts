import { availableParallelism, totalmem } from 'node:os';

/** The machine in neutral words. */
export function machine(): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  const { node, sqlite } = process.versions;
  return `${availableParallelism()} cores, ${gigabytes} GB, ${process.platform} ${process.arch}, Node ${node}, SQLite ${sqlite}`;
}
