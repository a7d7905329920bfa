import { IntlMessageFormat } from 'intl-messageformat';
import type { AddressReason } from '../../shared/problems/address-reasons.ts';
import { inLargestUnit, LENGTHS_OF_TIME } from '../../shared/problems/length-of-time.ts';
import type { Problem, ProblemParams } from '../../shared/problems/problem.ts';
import type { ProblemReason } from '../../shared/problems/problem-reasons.ts';
import type {
  Catalog,
  Message,
  MessageKey,
  MessageValue,
  MessageValues,
  ProblemWords,
} from './catalog.ts';
import { createFormats, type Formats } from './formats.ts';
import { LANGUAGES, type Language, type LanguageChoice } from './languages.ts';

/** A problem's sentences in the reader's language. */
export interface ProblemText {
  readonly cause: string;
  readonly next: string;
}

/** All texts of one language. Created once per language and never changed. */
export interface I18n {
  readonly language: Language;
  /** The locale of numbers and dates. */
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  /** The message `key`, with `values` in place of its placeholders. */
  readonly t: <Key extends MessageKey>(key: Key, ...values: MessageValues<Key>) => string;
  readonly problem: (problem: Problem) => ProblemText;
  readonly format: Formats;
}

type Fill = (message: Message, values: Readonly<Record<string, MessageValue>>) => string;

/** The texts of `catalog` for the language and locale of `choice`. */
export function createI18n(
  choice: LanguageChoice,
  catalog: Catalog<Message>,
  timeZone?: string,
): I18n {
  const { language, locale } = choice;
  const { dir } = LANGUAGES[language];
  const formats = new Map<Message, IntlMessageFormat>();
  const fill: Fill = (message, values) => {
    let format = formats.get(message);
    if (!format) {
      format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
      formats.set(message, format);
    }
    return String(format.format(isolated(values, dir)));
  };
  const t: I18n['t'] = (key, ...[values]) => fill(catalog.messages[key], values ?? {});
  return {
    language,
    locale,
    dir,
    t,
    problem: (problem) =>
      inWords(problem, catalog, locale, fill, (words) => t('problem.quoted', { words })),
    format: createFormats(
      locale,
      { today: t('when.today'), yesterday: t('when.yesterday') },
      timeZone,
    ),
  };
}

function inWords(
  { code, params, cause, next }: Problem,
  catalog: Catalog<Message>,
  locale: string,
  fill: Fill,
  quote: (words: string) => string,
): ProblemText {
  // A code from a newer core, or a missing parameter: its English is better than nothing.
  const words: ProblemWords<Message> | undefined = catalog.problems[code];
  if (words === undefined) return { cause, next };
  try {
    // A map: a name such as `constructor` is not in it.
    const terms = new Map<MessageValue, string>(Object.entries(catalog.terms));
    const known: Record<string, MessageValue> = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'number' && LENGTHS_OF_TIME.has(name)
          ? lengthOfTime(value, locale)
          : (terms.get(value) ?? value),
      ]),
    );
    if (typeof params['reason'] === 'string') known['reason'] = why(params, catalog, fill, quote);
    return { cause: fill(words.cause, known), next: fill(words.next, known) };
  } catch {
    return { cause, next };
  }
}

/**
 * The reason inside a problem; without a code it is the text of another machine, which is quoted.
 */
function why(
  params: ProblemParams,
  { reasons, addressReasons }: Catalog<Message>,
  fill: Fill,
  quote: (words: string) => string,
): string {
  const { reason = '', reasonCode: code } = params;
  const own = reasons[code as ProblemReason] ?? addressReasons[code as AddressReason];
  if (own !== undefined) return fill(own, params);
  return code === undefined ? quote(oneLine(String(reason))) : String(reason);
}

const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Remote text without characters that would reorder or break the text around it. */
function oneLine(words: string): string {
  return words
    .replace(TURNS, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** `5 minutes`, formatted for `locale`. */
function lengthOfTime(ms: number, locale: string): string {
  const { count, unit } = inLargestUnit(ms);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

/**
 * Isolates values in the other direction (a name, an address), so that they do not reorder the
 * sentence.
 */
function isolated(
  values: Readonly<Record<string, MessageValue>>,
  dir: 'ltr' | 'rtl',
): Record<string, MessageValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const other = typeof value === 'string' && (dir === 'rtl' || RIGHT_TO_LEFT.test(value));
      return [name, other ? `${ISOLATE}${value}${END_OF_ISOLATE}` : value];
    }),
  );
}
