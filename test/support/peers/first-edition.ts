import { join } from 'node:path';
import { type ParleyProcess, startScript } from './parley-process.ts';

const PARLEY = join(import.meta.dirname, '../../fixtures/first-edition/parley.js');

/** Starts `parley ARGS` of the first edition; the process does not outlive the running test. */
export function firstEdition(args: readonly string[]): ParleyProcess {
  return startScript(PARLEY, args);
}
