import type { IntlMessageFormat } from 'intl-messageformat';
import type { ProblemCode } from '../../shared/problems/problem.ts';
import type { ReasonCode } from '../../shared/problems/reason-code.ts';
import type { messages } from './catalogs/en/index.ts';

type Source = typeof messages;

/** The name of a message. English (`catalogs/en`) is where messages are named. */
export type MessageKey = keyof Source;

/** The keys that begin with `Start`, for texts that are chosen by a value. */
export type KeyUnder<Start extends string> = Extract<MessageKey, `${Start}${string}`>;

/** One area of another language: exactly the keys of the same area in English. */
export type Translated<Area> = Readonly<Record<keyof Area, string>>;

/** A message in ICU syntax, or parsed: `scripts/message-plugin.ts` parses those of the built page. */
export type Message = ConstructorParameters<typeof IntlMessageFormat>[0];

/** The sentences of a problem: what happened, and what to do next. */
export type ProblemWords<Words = string> = readonly [cause: Words, next: Words];

/** All words of one language, as they are written or parsed. */
export interface Catalog<Words = string> {
  /** English stands in for one that is missing; a test holds that none is. */
  readonly messages: Readonly<Partial<Record<MessageKey, Words>>>;
  /** By code; the core's English sentence stands in for one that is missing. */
  readonly problems: Readonly<Partial<Record<ProblemCode, ProblemWords<Words>>>>;
  /** Why, inside a problem's sentences, by code; the core's English stands in for a missing one. */
  readonly reasons: Readonly<Partial<Record<ReasonCode, Words>>>;
  /** Values that the core puts into problems as English words. */
  readonly terms: Readonly<Record<string, string>>;
}

/** The names of the placeholders of an ICU message, such as `count` in `{count, plural, …}`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Rest}`
  ? Named<Rest> | Placeholders<Rest>
  : never;
type Named<Rest extends string> = Rest extends `${infer Inside}}${string}`
  ? Inside extends `${infer Name},${string}`
    ? Name
    : Inside extends `${string}#${string}` | `${string} ${string}`
      ? never
      : Inside
  : never;

/** What a placeholder stands for. */
export type MessageValue = string | number;

/** What must be given with a message: nothing, or a value for each placeholder of the English. */
export type MessageValues<Key extends MessageKey> = [Placeholders<Source[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<Source[Key]>, MessageValue>>];
