import type { Readable, Writable } from 'node:stream';

/** Why a running command was asked to stop. */
export type StopReason = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'output-closed' | 'output-failed';

/** What a command touches of its process, so that tests can stand in for it. */
export interface TerminalIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells `listener` of every request to stop, until the answer is called. */
  readonly onStop: (listener: (reason: StopReason) => void) => () => void;
}

/** The output cannot be written: there is nobody left to tell, so the end of the process does. */
export class OutputLostError extends Error {
  override readonly name = 'OutputLostError';
}

/** Writes one line. */
export function printLine(stream: Writable, line: string): void {
  stream.write(`${line}\n`);
}
