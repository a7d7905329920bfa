/** How functions and promises travel, where they may. */
export interface CodecHooks {
  readonly sendFunction?: (value: (...args: unknown[]) => unknown) => number;
  readonly sendPromise?: (value: PromiseLike<unknown>) => number;
  readonly makeFunction?: (id: number) => unknown;
  readonly makePromise?: (id: number) => unknown;
}

export interface Codec {
  readonly encode: (value: unknown) => string;
  readonly decode: (text: string) => unknown;
}

/**
 * Values as text, keeping what a structured clone keeps: undefined, dates, maps, sets, bytes, big
 * integers, errors. What a structured clone refuses (functions, symbols) is refused here, unless
 * the hooks carry it. This function is also sent to pages as source, so it uses nothing from outside.
 */
export function createCodec(hooks: CodecHooks = {}): Codec {
  type Tagged = readonly [tag: string, content: unknown];
  const refuse = (value: unknown): never => {
    throw new Error(`An object could not be cloned: ${Object.prototype.toString.call(value)}`);
  };
  const entries = (value: object, path: object[]): unknown =>
    Object.entries(value).map(([key, item]) => [key, pack(item, path)]);

  const packObject = (value: object, path: object[]): Tagged => {
    if (Array.isArray(value)) return ['array', value.map((item) => pack(item, path))];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) {
      return ['map', [...value].map(([key, item]) => [pack(key, path), pack(item, path)])];
    }
    if (value instanceof Set) return ['set', [...value].map((item) => pack(item, path))];
    if (value instanceof Uint8Array) return ['bytes', [...value]];
    if (value instanceof Error) return ['error', [value.name, value.message]];
    const isPlain = Object.prototype.toString.call(value) === '[object Object]';
    return isPlain ? ['object', entries(value, path)] : refuse(value);
  };

  const pack = (value: unknown, path: object[]): Tagged => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return ['value', value];
      case 'undefined':
        return ['undefined', 0];
      case 'number':
        return ['number', Object.is(value, -0) ? '-0' : String(value)];
      case 'bigint':
        return ['bigint', String(value)];
      case 'function':
        return hooks.sendFunction
          ? ['function', hooks.sendFunction(value as () => unknown)]
          : refuse(value);
      case 'object': {
        if (value === null) return ['value', null];
        if (path.includes(value)) return refuse('a value that holds itself');
        if (hooks.sendPromise && 'then' in value && typeof value.then === 'function') {
          return ['promise', hooks.sendPromise(value as PromiseLike<unknown>)];
        }
        return packObject(value, [...path, value]);
      }
      default:
        return refuse(value);
    }
  };

  const unpack = ([tag, content]: Tagged): unknown => {
    const list = (): Tagged[] => content as Tagged[];
    const pairs = (): [unknown, Tagged][] => content as [unknown, Tagged][];
    switch (tag) {
      case 'value':
        return content;
      case 'undefined':
        return undefined;
      case 'number':
        return Number(content);
      case 'bigint':
        return BigInt(content as string);
      case 'array':
        return list().map(unpack);
      case 'date':
        return new Date(content as number);
      case 'map':
        return new Map(pairs().map(([key, item]) => [unpack(key as Tagged), unpack(item)]));
      case 'set':
        return new Set(list().map(unpack));
      case 'bytes':
        return Uint8Array.from(content as number[]);
      case 'error': {
        const [name, message] = content as [string, string];
        return Object.assign(new Error(message), { name });
      }
      case 'object':
        return Object.fromEntries(pairs().map(([key, item]) => [key, unpack(item)]));
      case 'function':
        return hooks.makeFunction?.(content as number);
      case 'promise':
        return hooks.makePromise?.(content as number);
      default:
        throw new Error(`Unknown kind of value: ${tag}`);
    }
  };

  return {
    encode: (value) => JSON.stringify(pack(value, [])),
    decode: (text) => unpack(JSON.parse(text) as Tagged),
  };
}
