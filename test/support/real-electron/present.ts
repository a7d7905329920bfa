import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe } from 'vitest';
import { presentElectron } from '../../../scripts/electron-binary.ts';

// Where the tests of real Electron find it, and the one place that says why they are skipped: its
// binary is a download of 120 MB that not every machine can make, and only a release makes a package.

/** Set to 1 where a missing binary is a failure and not a reason to skip: in CI. */
const REQUIRED = 'PARLEY_REQUIRE_ELECTRON';

/** Names the packaged app's executable, as `npm run make` leaves it under `dist`. */
const PACKAGED = 'PARLEY_PACKAGED_APP';

/** Tests that need Electron's binary; `tests` is given the path to it. */
export function inRealElectron(name: string, tests: (program: string) => void): void {
  const program = presentElectron();
  if (program === null && process.env[REQUIRED] === '1') {
    throw new Error(
      `${REQUIRED} is set and Electron is missing: node node_modules/electron/install.js`,
    );
  }
  const why = 'needs Electron’s binary: node node_modules/electron/install.js';
  describeWith(name, program, why, tests);
}

/** Tests that need a packaged app; `tests` is given the path to its executable. */
export function inPackagedApp(name: string, tests: (program: string) => void): void {
  const named = process.env[PACKAGED];
  const program = named ? resolve(named) : null;
  // Whoever names one wants it tested.
  if (program !== null && !existsSync(program)) throw new Error(`${PACKAGED}: no ${program}.`);
  describeWith(name, program, `needs a packaged app: npm run make, then ${PACKAGED}=path`, tests);
}

function describeWith(
  name: string,
  program: string | null,
  why: string,
  tests: (program: string) => void,
): void {
  const title = program === null ? `${name} (${why})` : name;
  describe.skipIf(program === null)(title, () => tests(program ?? ''));
}
