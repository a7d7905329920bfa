import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Bun, as npm has it for Linux on Intel. Its TLS is BoringSSL's, as Electron's is, so what it does
 * with Parley's handshakes says more about the desktop app than Node can. It is no dependency: it
 * would be 100 MB more for everybody who works on Parley, for one test. CI installs it beside them.
 */
export const BUN = '@oven/bun-linux-x64@1.4.5';

const INSTALLED = join(import.meta.dirname, '../../../node_modules/@oven/bun-linux-x64/bin/bun');

/** Its program, also one that `PARLEY_BUN` names; null where there is none. */
export function findBun(): string | null {
  const named = process.env['PARLEY_BUN'];
  if (named) return named;
  return existsSync(INSTALLED) ? INSTALLED : null;
}
