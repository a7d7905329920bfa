import type { IntlMessageFormat } from 'intl-messageformat';
import type { ShellTexts } from '../../shared/bridge/shell-bridge.ts';
import type { AddressReason } from '../../shared/problems/address-reasons.ts';
import type { PlaceholderValues } from '../../shared/problems/placeholder-values.ts';
import type { ProblemCode } from '../../shared/problems/problem.ts';
import type { ProblemReason } from '../../shared/problems/problem-reasons.ts';
import type messages from './catalogs/en/messages.json';
import type { MessagePlaceholders } from './catalogs/en/placeholders.ts';

/** The name of a message. English (`catalogs/en`) is where messages are named. */
export type MessageKey = keyof typeof messages;

/** The keys that begin with `Start`, for texts that are chosen by a value. */
export type KeyUnder<Start extends string> = Extract<MessageKey, `${Start}${string}`>;

/** A message in ICU syntax, or parsed: `scripts/message-plugin.ts` parses those of the built page. */
export type Message = ConstructorParameters<typeof IntlMessageFormat>[0];

/** The sentences of a problem: what happened, and what to do next. */
export interface ProblemWords<Words = string> {
  readonly cause: Words;
  readonly next: Words;
}

/** All words of one language, as they are written or parsed. */
export interface Catalog<Words = string> {
  readonly messages: Readonly<Record<MessageKey, Words>>;
  /** By code; the core's English sentence stands in for one that is missing. */
  readonly problems: Readonly<Partial<Record<ProblemCode, ProblemWords<Words>>>>;
  /** Why, inside a problem's sentences, by code; the core's English stands in for a missing one. */
  readonly reasons: Readonly<Partial<Record<ProblemReason, Words>>>;
  /** The same for why a text is no address. */
  readonly addressReasons: Readonly<Partial<Record<AddressReason, Words>>>;
  /** Values that the core puts into problems as English words. */
  readonly terms: Readonly<Record<string, string>>;
  /** The words of the desktop app's menus and tray, if they are not English. */
  readonly menus?: ShellTexts;
}

/** What a placeholder stands for. */
export type MessageValue = string | number;

/** What must be given with a message: nothing, or a value for each placeholder of the English. */
export type MessageValues<Key extends MessageKey> = PlaceholderValues<MessagePlaceholders, Key>;
