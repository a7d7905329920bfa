import type { ChatBridge, Outcome } from '../../shared/bridge/chat-bridge.ts';

/** Runs something on the bridge that leaves the state to the events that follow (`ChatStore.ask`). */
export type Ask = <T>(run: (bridge: ChatBridge) => Promise<Outcome<T>>) => Promise<Outcome<T>>;
