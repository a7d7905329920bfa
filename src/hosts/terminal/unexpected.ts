import type { TerminalIo } from './io.ts';

/** Handles unexpected errors: shown only with PARLEY_DEBUG, as users cannot act on them. */
export function reporter({ env, stderr }: Pick<TerminalIo, 'env' | 'stderr'>) {
  return (error: unknown): void => {
    if (!env['PARLEY_DEBUG']) return;
    stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  };
}
