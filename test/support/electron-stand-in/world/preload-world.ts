import type { Codec, CodecHooks } from './codec.ts';
import type { ContextParams, watchContextMenu as WatchContextMenu } from './context-menu.ts';
import type { linkWorlds as LinkWorlds } from './link.ts';

type Listener = (event: unknown, ...args: unknown[]) => void;
type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
) => void;

/** What the preload's world sends to Node. */
export type FromPreload =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | {
      readonly kind: 'invoke';
      readonly id: number;
      readonly channel: string;
      readonly args: string;
    }
  | { readonly kind: 'context-menu'; readonly params: ContextParams }
  | { readonly kind: 'failed'; readonly reason: string };

/** What Node sends to the preload's world. */
export type ToPreload =
  | { readonly kind: 'event'; readonly channel: string; readonly args: string }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly ok: boolean;
      /** The value, or the error's message. */
      readonly value: string;
    };

/** The names under which Node and the isolated world find each other. */
export interface PreloadNames {
  readonly secret: string;
  /** Global function of the isolated world that carries text to Node. */
  readonly binding: string;
  /** Global of the isolated world through which Node delivers, and a test sends as a hostile page. */
  readonly port: string;
}

/**
 * The isolated world of a window's frame: `ipcRenderer` in every frame (as the process that a
 * hostile page took over would have it), and in the main frame the app's preload with a `require`
 * that knows `electron` only, as sandboxed preloads have it. Sent to pages as source.
 */
export function installPreloadWorld(
  createCodec: (hooks?: CodecHooks) => Codec,
  linkWorlds: typeof LinkWorlds,
  watchContextMenu: typeof WatchContextMenu,
  names: PreloadNames,
  preload: Preload | null,
): void {
  const world = globalThis as unknown as Record<string, unknown> & { top: unknown };
  const codec = createCodec();
  const listeners = new Map<string, Set<Listener>>();
  const calls = new Map<number, PromiseWithResolvers<unknown>>();
  let lastCall = 0;

  const toNode = (message: FromPreload): void =>
    (world[names.binding] as (text: string) => void)(JSON.stringify(message));
  // A clone first: it takes the snapshot and refuses what Electron would refuse.
  const pack = (args: unknown[]): string => codec.encode(structuredClone(args));
  const on = (channel: string, listener: Listener): void => {
    const known = listeners.get(channel) ?? new Set();
    listeners.set(channel, known.add(listener));
  };

  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]): void =>
      toNode({ kind: 'send', channel, args: pack(args) }),
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> => {
      lastCall += 1;
      const call = Promise.withResolvers<unknown>();
      try {
        toNode({ kind: 'invoke', id: lastCall, channel, args: pack(args) });
        calls.set(lastCall, call);
      } catch (error) {
        call.reject(error);
      }
      return call.promise;
    },
    on,
    removeListener: (channel: string, listener: Listener): void => {
      listeners.get(channel)?.delete(listener);
    },
  };

  const deliver = (message: ToPreload): void => {
    if (message.kind === 'event') {
      const args = codec.decode(message.args) as unknown[];
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...args);
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.ok) call?.resolve(codec.decode(message.value));
    else call?.reject(new Error(message.value));
  };
  world[names.port] = { deliver, ipcRenderer };
  watchContextMenu((params) => toNode({ kind: 'context-menu', params }));
  if (preload === null || world.top !== globalThis) return;

  const link = linkWorlds(createCodec, names.secret, 'preload', 'page', () => {
    throw new Error('A page cannot expose anything to the preload.');
  });
  const contextBridge = { exposeInMainWorld: link.expose };
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  try {
    preload(require, module, module.exports);
  } catch (error) {
    toNode({ kind: 'failed', reason: String(error) });
  }
}
