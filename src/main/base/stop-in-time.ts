export interface Stopping {
  /** Ends the core, as far as it runs. */
  readonly stop: () => Promise<void>;
  /** How long that may take, in milliseconds. */
  readonly timeoutMs: number;
  /** The core has failed to end. */
  readonly onError: (error: unknown) => void;
  /** It takes longer; nobody waits for it any more. */
  readonly onLate?: () => void;
}

/** Resolves when the core has ended, has failed to, or takes too long. Never rejects. */
export async function stopInTime({ stop, timeoutMs, onError, onLate }: Stopping): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    onLate?.();
    late.resolve();
  }, timeoutMs);
  try {
    await Promise.race([stop(), late.promise]);
  } catch (error) {
    onError(error);
  } finally {
    clearTimeout(timer);
  }
}
