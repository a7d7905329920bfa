import { fileProblem } from '../../core/base/atomic-file.ts';
import { errorCode } from '../../core/base/error-code.ts';
import { problemOf } from '../../shared/problems/problem.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { StopReason, TerminalIo } from './io.ts';
import { printProblem } from './printable.ts';
import { processOutput } from './process-output.ts';

const SIGNALS: readonly StopReason[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The real process. */
export interface ProcessIo extends TerminalIo {
  /**
   * Flushes the output; resolves with the final exit code. A command whose output did not arrive
   * has not succeeded.
   */
  readonly finish: (code: ExitCode) => Promise<ExitCode>;
}

/**
 * A process whose output fails is asked to stop: a reader that closed the pipe (`parley serve |
 * head`) wants no more, and on a full disk the output would be lost.
 */
export function processIo(): ProcessIo {
  const listeners = new Set<(reason: StopReason) => void>();
  const stdout = processOutput(1, process.stdout);
  const stderr = processOutput(2, process.stderr);
  stdout.stream.once('error', (error) => {
    const reason = isClosed(error) ? 'output-closed' : 'output-failed';
    for (const listener of [...listeners]) listener(reason);
  });
  return {
    stdin: process.stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: process.env,
    onStop: (listener) => {
      const handlers = SIGNALS.map((signal) => {
        const handler = () => listener(signal);
        process.on(signal, handler);
        return { signal, handler };
      });
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        for (const { signal, handler } of handlers) process.off(signal, handler);
      };
    },
    finish: async (code) => {
      await stdout.finish();
      const lost = stdout.error();
      if (lost && !isClosed(lost)) {
        printProblem(stderr.stream, problemOf(fileProblem('Standard output', lost)));
      }
      await stderr.finish();
      if (lost) return isClosed(lost) ? EXIT.outputClosed : EXIT.storage;
      const unsaid = stderr.error();
      return unsaid && !isClosed(unsaid) && code === EXIT.ok ? EXIT.storage : code;
    },
  };
}

/** Whether the reader has closed the pipe, which is not an error. */
function isClosed(error: Error): boolean {
  return ['EPIPE', 'ECONNRESET'].includes(errorCode(error));
}
