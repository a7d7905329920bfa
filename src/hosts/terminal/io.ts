import type { Readable, Writable } from 'node:stream';

/** Why a running command was asked to stop. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'output-closed' | 'output-failed';

/** The parts of its process that a command uses, so that tests can replace them. */
export interface TerminalIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls `listener` for every request to stop, until the returned function is called. */
  readonly onStop: (listener: (reason: StopReason) => void) => () => void;
}

/**
 * The output cannot be written: the error cannot be printed either, so it is reported at the end of
 * the process.
 */
export class OutputLostError extends Error {
  override readonly name = 'OutputLostError';
}

/** Writes one line. */
export function printLine(stream: Writable, line: string): void {
  stream.write(`${line}\n`);
}
