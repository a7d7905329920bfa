/**
 * An error for the other side, which may hold its answer indefinitely. It has no stack: V8 would
 * keep every function on it in memory, together with the call's arguments.
 */
export function wireError(message: string, kind: ErrorConstructor = Error): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new kind(message);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
