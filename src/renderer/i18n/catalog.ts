import type { IntlMessageFormat } from 'intl-messageformat';
import type { DesktopTexts } from '../../shared/bridge/desktop-bridge.ts';
import type { AddressReason } from '../../shared/problems/address-reasons.ts';
import type { PlaceholderValues } from '../../shared/problems/placeholder-values.ts';
import type { ProblemCode } from '../../shared/problems/problem.ts';
import type { ProblemReason } from '../../shared/problems/problem-reasons.ts';
import type messages from './catalogs/en/messages.json';
import type { MessagePlaceholders } from './catalogs/en/placeholders.ts';

/** The key of a message. English (`catalogs/en`) defines the keys. */
export type MessageKey = keyof typeof messages;

/** The keys with the prefix `Start`, for texts that are chosen by a value. */
export type KeyUnder<Start extends string> = Extract<MessageKey, `${Start}${string}`>;

/** A message in ICU syntax, or parsed: `scripts/message-plugin.ts` parses those of the built page. */
export type Message = ConstructorParameters<typeof IntlMessageFormat>[0];

/** The sentences of a problem: what happened, and what to do next. */
export interface ProblemWords<Words = string> {
  readonly cause: Words;
  readonly next: Words;
}

/** All texts of one language, as written or parsed. */
export interface Catalog<Words = string> {
  readonly messages: Readonly<Record<MessageKey, Words>>;
  /** By code; the core's English sentence is the fallback. */
  readonly problems: Readonly<Partial<Record<ProblemCode, ProblemWords<Words>>>>;
  /** The reasons inside a problem's sentences, by code; the core's English is the fallback. */
  readonly reasons: Readonly<Partial<Record<ProblemReason, Words>>>;
  /** The same for the reasons why a text is not an address. */
  readonly addressReasons: Readonly<Partial<Record<AddressReason, Words>>>;
  /** Values that the core puts into problems as English words. */
  readonly terms: Readonly<Record<string, string>>;
  /** The words of the desktop app's menus and tray, if they are not English. */
  readonly menus?: DesktopTexts;
}

/** The value of a placeholder. */
export type MessageValue = string | number;

/** The parameters of a message: none, or a value for each placeholder of the English text. */
export type MessageValues<Key extends MessageKey> = PlaceholderValues<MessagePlaceholders, Key>;
