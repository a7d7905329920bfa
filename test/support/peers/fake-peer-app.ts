import { EventLog } from '../../../src/core/base/event-log.ts';
import type { ChatHandlers, PeerApp } from '../../../src/shared/bridge/chat-bridge.ts';
import { COMMANDS } from '../../../src/shared/bridge/dispatcher.ts';
import type { PeerEvent } from '../../../src/shared/bridge/events.ts';
import type { Self, Snapshot } from '../../../src/shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/settings.ts';
import { raise } from '../../../src/shared/problems/problem.ts';

export const FAKE_SELF: Self = {
  name: 'Alice',
  identity: null,
  listening: { host: '127.0.0.1', port: 8080 },
  problem: null,
  warnings: [],
  addresses: [],
  settings: { name: 'Alice', port: 8080, ...DEFAULT_SETTINGS },
  version: '0.0.0',
};

export interface FakePeerApp {
  readonly app: PeerApp;
  readonly publish: (event: PeerEvent) => void;
  /** How many subscribe to its events. */
  readonly subscribers: () => number;
}

/** A core with nothing behind it: a snapshot, events at will, and the handlers a test gives it. */
export function fakePeerApp(handlers: Partial<ChatHandlers> = {}): FakePeerApp {
  const log = new EventLog((error) => {
    throw error;
  });
  let subscribers = 0;
  const none = async () => raise('unknown-contact');
  const snapshot = async (): Promise<Snapshot> => ({
    seq: log.seq,
    self: FAKE_SELF,
    conversations: [],
    arrivedAfter: 0,
  });
  const names = Object.keys(COMMANDS.chat());
  const app: PeerApp = {
    ...(Object.fromEntries(names.map((name) => [name, none])) as unknown as ChatHandlers),
    snapshot,
    ...handlers,
    subscribe: (afterSeq, listener) => {
      const unsubscribe = log.subscribe(afterSeq, listener);
      subscribers += 1;
      return () => {
        subscribers -= 1;
        unsubscribe();
      };
    },
  };
  return { app, publish: (event) => log.publish(event), subscribers: () => subscribers };
}
