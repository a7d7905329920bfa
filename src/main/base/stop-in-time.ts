export interface Stopping {
  /** Stops the core, if it runs. */
  readonly stop: () => Promise<void>;
  /** How long that may take, in milliseconds. */
  readonly timeoutMs: number;
  /** The core failed to stop. */
  readonly onError: (error: unknown) => void;
  /** It timed out; nothing waits for it any more. */
  readonly onLate?: () => void;
}

/** Resolves when the core has stopped, has failed to, or has timed out. Never rejects. */
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
