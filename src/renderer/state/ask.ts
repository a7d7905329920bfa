import type { ChatBridge } from '../../shared/bridge/chat-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';

/** Runs something on the bridge that leaves the state to the events that follow (`ChatStore.ask`). */
export type Ask = <T>(run: (bridge: ChatBridge) => Promise<Outcome<T>>) => Promise<Outcome<T>>;
