/** An invalid command line; the message is a readable sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
