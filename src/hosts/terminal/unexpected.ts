import type { TerminalIo } from './io.ts';

/** Takes errors that nobody foresaw: shown to those who look for them, as others cannot act on it. */
export function reporter({ env, stderr }: Pick<TerminalIo, 'env' | 'stderr'>) {
  return (error: unknown): void => {
    if (!env['PARLEY_DEBUG']) return;
    stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  };
}
