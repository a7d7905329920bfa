import type { Codec, CodecHooks } from './codec.ts';

/** What one world can ask of the other. */
type Request =
  | { readonly kind: 'call'; readonly id: number; readonly args: string }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: string }
  | { readonly kind: 'expose'; readonly key: string; readonly value: string };

interface Answer {
  readonly ok: boolean;
  readonly value: string;
}

export interface WorldLink {
  /** Asks the other world to expose `value` as a global. */
  readonly expose: (key: string, value: unknown) => void;
}

/**
 * One end of the bridge between a page's own world and the preload's isolated one. The two share the
 * DOM and no object: all that passes is text in the detail of synchronous events with a secret name,
 * and functions are passed as numbers that the other side calls. This function is sent to pages as
 * source, so it uses nothing from outside, and it runs before any script of the page can interfere.
 */
export function linkWorlds(
  createCodec: (hooks: CodecHooks) => Codec,
  secret: string,
  own: string,
  other: string,
  onExpose: (key: string, value: unknown) => void,
): WorldLink {
  const page = globalThis as unknown as EventTarget;
  const { dispatchEvent, addEventListener } = page;
  const Carrier = CustomEvent;
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let lastPromise = 0;
  let answer: Answer | null = null;

  const post = (message: { request: Request } | { answer: Answer }): void => {
    const event = new Carrier(`${secret}:${other}`, { detail: JSON.stringify(message) });
    dispatchEvent.call(page, event);
  };
  const ask = (request: Request): unknown => {
    answer = null;
    post({ request });
    const got = answer as Answer | null;
    answer = null;
    if (got === null) throw new Error('The other world is not listening.');
    const value = codec.decode(got.value);
    if (!got.ok) throw value;
    return value;
  };
  const asError = (error: unknown): Error =>
    new Error(error instanceof Error ? error.message : String(error));

  const codec = createCodec({
    sendFunction: (value) => functions.push(value) - 1,
    makeFunction:
      (id) =>
      (...args: unknown[]) =>
        ask({ kind: 'call', id, args: codec.encode(args) }),
    sendPromise: (value) => {
      lastPromise += 1;
      const id = lastPromise;
      const settle = (ok: boolean, result: unknown): void => {
        ask({ kind: 'settle', id, ok, value: codec.encode(ok ? result : asError(result)) });
      };
      value.then(
        (result) => {
          try {
            settle(true, result);
          } catch (error) {
            settle(false, error);
          }
        },
        (error: unknown) => settle(false, error),
      );
      return id;
    },
    makePromise: (id) => {
      const promise = Promise.withResolvers<unknown>();
      promises.set(id, promise);
      return promise.promise;
    },
  });

  const serve = (request: Request): unknown => {
    const value = codec.decode(request.kind === 'call' ? request.args : request.value);
    if (request.kind === 'call') return functions[request.id]?.(...(value as unknown[]));
    if (request.kind === 'expose') {
      onExpose(request.key, value);
      return undefined;
    }
    const promise = promises.get(request.id);
    promises.delete(request.id);
    if (request.ok) promise?.resolve(value);
    else promise?.reject(value);
    return undefined;
  };

  addEventListener.call(page, `${secret}:${own}`, (event: Event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail);
    if (message.answer) {
      answer = message.answer;
      return;
    }
    try {
      post({ answer: { ok: true, value: codec.encode(serve(message.request)) } });
    } catch (error) {
      post({ answer: { ok: false, value: codec.encode(asError(error)) } });
    }
  });
  return {
    expose: (key, value) => void ask({ kind: 'expose', key, value: codec.encode(value) }),
  };
}
