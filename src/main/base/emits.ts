import type { Event } from 'electron';

/**
 * An emitter of `Events`: a map from an event's name to its listener's arguments. The `on` of
 * Electron's types cannot be picked, as it has an overload for each event. An object of Electron's
 * is assignable if it has every one of these events, with arguments that are.
 */
export type Emits<Events extends Record<string, unknown[]>, Method extends 'on' | 'once' = 'on'> = {
  [Name in keyof Events]: (
    part: Readonly<
      Record<Method, (event: Name, listener: (...args: Events[Name]) => void) => unknown>
    >,
  ) => void;
}[keyof Events] extends (part: infer Parts) => void
  ? Parts
  : never;

/** The event argument of a listener that can prevent the default. */
export type Preventable = Pick<Event, 'preventDefault'>;
