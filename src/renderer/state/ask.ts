import type { Bridge } from '../../shared/bridge/bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';

/** Runs something on the bridge that leaves the state to the events that follow (`ChatStore.ask`). */
export type Ask = <T>(run: (bridge: Bridge) => Promise<Outcome<T>>) => Promise<Outcome<T>>;
