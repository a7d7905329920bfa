import type { StopReason, TerminalIo } from './io.ts';

const SIGNALS: readonly StopReason[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The real process. A reader that went away (`parley serve | head`) counts as a request to stop. */
export function processIo(): TerminalIo {
  const listeners = new Set<(reason: StopReason) => void>();
  const tell = (reason: StopReason) => {
    for (const listener of [...listeners]) listener(reason);
  };
  const onOutputError = () => {
    if (listeners.size === 0) process.exit(1);
    tell('output-closed');
  };
  process.stdout.on('error', onOutputError);
  process.stderr.on('error', () => undefined);
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
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
  };
}
