import type { Event } from 'electron';

/**
 * The part of one of Electron's objects that emits `Events`: a map of names to what listeners get.
 * Not picked, because the `on` of Electron's types has an overload for each event. An object fits if
 * it emits each of them with arguments that fit these.
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

/** What a listener needs to prevent what would happen. */
export type Preventable = Pick<Event, 'preventDefault'>;
