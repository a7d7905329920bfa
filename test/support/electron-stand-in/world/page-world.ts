import type { Codec, CodecHooks } from './codec.ts';
import type { linkWorlds as LinkWorlds } from './link.ts';

/**
 * The page's end of `contextBridge`, run in the page's own world before the page's scripts. What is
 * exposed is frozen and cannot be replaced, as in Electron. Sent to pages as source.
 */
export function installPageWorld(
  createCodec: (hooks: CodecHooks) => Codec,
  linkWorlds: typeof LinkWorlds,
  secret: string,
): void {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  linkWorlds(createCodec, secret, 'page', 'preload', (key, value) => {
    if (Object.hasOwn(globalThis, key)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(globalThis, key, { value: freeze(value), enumerable: true });
  });
}
