import type { z } from 'zod';
import type { Batch } from './events.ts';
import type { Outcome, Unsubscribe } from './outcome.ts';

export type InputOf<Command> = Command extends (input: infer Input) => unknown ? Input : never;
export type OutputOf<Command> = Command extends (input: never) => infer Output ? Output : never;

/** The commands of a channel, for their caller. */
export type Calls<Commands> = {
  readonly [Name in keyof Commands]: (
    input: InputOf<Commands[Name]>,
  ) => Promise<Outcome<OutputOf<Commands[Name]>>>;
};

/** The same where they are carried out. A failure is a thrown `ProblemError`. */
export type Handlers<Commands> = {
  readonly [Name in keyof Commands]: (
    input: InputOf<Commands[Name]>,
  ) => OutputOf<Commands[Name]> | Promise<OutputOf<Commands[Name]>>;
};

/** Where events come from: those after `afterSeq`, in order, until unsubscribed. */
export type Source<Event> = (
  afterSeq: number,
  listener: (batch: Batch<Event>) => void,
) => Unsubscribe;

/** What a channel of the bridge is to its caller. */
export type Channel<Commands, Event> = Calls<Commands> & { readonly subscribe: Source<Event> };

/** What each command takes: whatever crosses a bridge is unknown until parsed. */
export type Schemas<Commands> = {
  readonly [Name in keyof Commands]: z.ZodType<InputOf<Commands[Name]>>;
};

/** An object with a function of every name: the other side knows which of them there are. */
export function callsOver(
  call: (name: string, input: unknown) => unknown,
  own: Readonly<Record<string, unknown>>,
): object {
  return new Proxy(own, {
    get: (_, name) => {
      // Nobody is to take it for a promise.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      return own[name] ?? ((input: unknown) => call(name, input));
    },
  });
}

/** Calls `listener` with each event of a channel, whose events need no number. */
export function eachEvent<Event>(
  { subscribe }: { readonly subscribe: Source<Event> },
  listener: (event: Event) => void,
): Unsubscribe {
  return subscribe(0, (batch) => {
    for (const { event } of batch.type === 'events' ? batch.events : []) listener(event);
  });
}
