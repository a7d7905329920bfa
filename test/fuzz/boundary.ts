import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

/** A place where something arrives that anybody may have made. */
export interface Boundary {
  readonly name: string;
  /** How often it is tried in `npm test`. */
  readonly runs: number;
  readonly open: () => Promise<OpenBoundary>;
}

export interface OpenBoundary {
  /** Tries it so often; the seed and the smallest input that breaks it, null when none did. */
  readonly check: (runs: number, seed?: number) => Promise<string | null>;
  readonly close: () => Promise<void>;
}

/** @param attempt throws when what the boundary did with the input is not right */
export function boundaryOf<Input>(
  input: fc.Arbitrary<Input>,
  attempt: (input: Input) => Promise<void>,
  close: () => Promise<void>,
): OpenBoundary {
  return {
    check: async (numRuns, seed) => {
      const property = fc.asyncProperty(input, attempt);
      const details = await fc.check(property, {
        numRuns,
        ...(seed === undefined ? {} : { seed }),
      });
      if (!details.failed) return null;
      const { errorInstance: error } = details;
      const why = error instanceof Error ? `${error.stack}\n${error.cause ?? ''}` : String(error);
      return `${fc.defaultReportMessage(details) ?? ''}\n${why}`;
    },
    close,
  };
}

/** What a sentence for others never holds: our inside, a stack, a path of this computer. */
const INSIDE = /could not do that|went wrong inside|\bat \S+ \(|node:|\/(?:home|tmp|work|root)\//;

/** Throws unless this is a reason that names what was refused. */
export function expectNamed(reason: unknown): void {
  if (typeof reason !== 'string' || reason === '' || INSIDE.test(reason)) {
    throw new Error(`This names nothing: ${JSON.stringify(reason)}`);
  }
}

export interface Folder {
  readonly path: string;
  readonly remove: () => void;
}

export function newFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'parley-fuzz-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
