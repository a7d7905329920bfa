/** A command line that cannot be understood; the message is a sentence for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
