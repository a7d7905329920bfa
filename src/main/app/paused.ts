import type { PeerApp } from '../../shared/bridge/chat-bridge.ts';
import type { Unsubscribe } from '../../shared/bridge/outcome.ts';
import type { Self } from '../../shared/model/model.ts';

/**
 * Follows whether the core is paused, by any window: calls `onChange` with the current state and
 * after each change.
 */
export async function followPaused(
  app: Pick<PeerApp, 'snapshot' | 'subscribe'>,
  onChange: (paused: boolean) => void,
): Promise<Unsubscribe> {
  let last: boolean | null = null;
  let stop: Unsubscribe = () => undefined;
  const tell = (self: Self): void => {
    const paused = self.problem?.code === 'paused';
    if (paused !== last) onChange(paused);
    last = paused;
  };
  const start = async (): Promise<void> => {
    const { seq, self } = await app.snapshot({});
    tell(self);
    stop = app.subscribe(seq, (batch) => {
      if (batch.type === 'gap') {
        stop();
        void start();
        return;
      }
      for (const { event } of batch.events) if (event.type === 'self-changed') tell(event.self);
    });
  };
  await start();
  return () => stop();
}
