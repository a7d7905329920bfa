/**
 * `target`, with every property it lacks throwing instead of being undefined: what the app starts to
 * use must be added to the stand-in knowingly. `then` and symbols are asked for by the language.
 */
export function loud<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, property) {
      if (property in object) {
        const value: unknown = Reflect.get(object, property, object);
        return typeof value === 'function' ? value.bind(object) : value;
      }
      if (typeof property === 'symbol' || property === 'then') return undefined;
      throw new Error(`The Electron stand-in has no ${name}.${property}.`);
    },
  });
}

/** An option that real Electron would obey and the stand-in cannot: throws, naming it. */
export function refuseUnknown(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new Error(`The Electron stand-in does not know ${what}: ${unknown.join(', ')}.`);
}
