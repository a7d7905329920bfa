import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import type { Catalog, MessageKey } from '../../../../src/renderer/i18n/catalog.ts';
import * as english from '../../../../src/renderer/i18n/catalogs/en/index.ts';
import {
  LANGUAGE_TAGS,
  LANGUAGES,
  type Language,
} from '../../../../src/renderer/i18n/languages.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';
import ADDRESS_REASONS from '../../../../src/shared/problems/address-reasons.json' with {
  type: 'json',
};
import {
  PROBLEM_CODES,
  type ProblemCode,
  problem,
} from '../../../../src/shared/problems/problem.ts';
import REASONS from '../../../../src/shared/problems/reasons.json' with { type: 'json' };

/** Problems of commands in a terminal and of starts that fail: there is no page to show them. */
const NEVER_ON_A_PAGE: ReadonlySet<string> = new Set([
  'profile-in-use',
  'no-profile',
  'app-gone',
  'identity-sealed',
  'contact-not-found',
  'contact-ambiguous',
  'contact-waits',
  'no-safety-number',
  'no-invite',
  'still-queued',
  'interrupted',
  'store-newer',
  'store-damaged',
  'store-foreign',
  'identity-unreadable',
  'identity-unsaved',
]);

/** Words that are the same in some languages: names, key caps, signs. */
const SHARED =
  /^(Parley|Port|Online|Offline|Ctrl|Alt|Shift|Enter|Esc|Home|End|Messages?|Conversations|Notifications)$/;

type Parts = ReturnType<IntlMessageFormat['getAst']>;

function partsOf(text: string, language: string): Parts {
  return new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst();
}

/** The names of all placeholders; `found` is told of every plural. */
function placeholders(parts: Parts, found: (options: readonly string[]) => void): Set<string> {
  const names = new Set<string>();
  for (const part of parts) {
    if ('value' in part && part.type !== 0) names.add(part.value);
    if (!('options' in part)) continue;
    if ('pluralType' in part) found(Object.keys(part.options));
    for (const option of Object.values(part.options)) {
      for (const name of placeholders(option.value, found)) names.add(name);
    }
  }
  return names;
}

/** All that is read as words: without placeholders, names and everything technical. */
function wordsOf(text: string, language: string): string {
  const literals = (parts: Parts): string[] =>
    parts.flatMap((part) => {
      if (part.type === 0) return [part.value];
      return 'options' in part
        ? Object.values(part.options).flatMap((it) => literals(it.value))
        : [];
    });
  return literals(partsOf(text, language))
    .join(' ')
    .replace(/Parley|Windows|macOS|Cap’n[ -]Web|[a-z]+:\/\/|QR|VPN|Enter|Shift|\d[\d.:]*/g, ' ');
}

const ENGLISH_REASONS = { ...REASONS, ...ADDRESS_REASONS };
const ENGLISH: Readonly<Record<string, string>> = { ...english.messages, ...ENGLISH_REASONS };

const others = LANGUAGE_TAGS.filter((it) => it !== 'en');

describe.each(others)('%s', (language: Language) => {
  const load = (): Promise<Catalog> => LANGUAGES[language].load();

  test('has every message, every term and all words of menus, and no others', async () => {
    const { messages, terms, menus = {} } = await load();
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english.messages).sort());
    expect(Object.keys(terms).sort()).toEqual(Object.keys(english.terms).sort());
    expect(Object.keys(menus).sort()).toEqual(Object.keys(ENGLISH_DESKTOP_TEXTS).sort());
  });

  test('has the same placeholders in every message, and every plural form of its language', async () => {
    const { messages } = await load();
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, text] of Object.entries(messages)) {
      const source = english.messages[key as MessageKey];
      const own = placeholders(partsOf(text, language), (options) => {
        expect(
          wanted.filter((it) => !options.includes(it)),
          key,
        ).toEqual([]);
      });
      expect([...own].sort(), key).toEqual(
        [...placeholders(partsOf(source, 'en'), () => {})].sort(),
      );
    }
  });

  test('has every problem that a page can show, and only those, with valid placeholders', async () => {
    const { problems } = await load();
    const wanted = PROBLEM_CODES.filter((it) => !NEVER_ON_A_PAGE.has(it));
    expect(wanted.filter((it) => problems[it] === undefined)).toEqual([]);
    expect(PROBLEM_CODES).toEqual(expect.arrayContaining(Object.keys(problems)));
    for (const [code, words] of Object.entries(problems)) {
      expect(Object.keys(words), code).toEqual(['cause', 'next']);
      const { cause, next } = problem(code as ProblemCode);
      for (const text of Object.values(words)) {
        for (const name of placeholders(partsOf(text, language), () => {})) {
          // A parameter that is not given shows as its name.
          expect(`${cause} ${next}`, code).toContain(name);
        }
      }
    }
  });

  test('has every reason inside a problem, with valid placeholders', async () => {
    const { reasons, addressReasons } = await load();
    expect(Object.keys(reasons).sort()).toEqual(Object.keys(REASONS).sort());
    expect(Object.keys(addressReasons).sort()).toEqual(Object.keys(ADDRESS_REASONS).sort());
    for (const [code, text] of Object.entries({ ...reasons, ...addressReasons })) {
      const given = placeholders(
        partsOf(ENGLISH_REASONS[code as keyof typeof ENGLISH_REASONS], 'en'),
        () => {},
      );
      // What a library says about a value is English, so only the terminal shows it.
      given.delete('detail');
      if (code === 'command-input') given.delete('field');
      expect([...placeholders(partsOf(text, language), () => {})].sort(), code).toEqual(
        [...given].sort(),
      );
    }
  });

  test('leaves nothing in English', async () => {
    const { messages, problems, reasons, addressReasons } = await load();
    const script = {
      ja: /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u,
      'zh-Hans': /\p{sc=Han}/u,
      ar: /\p{sc=Arab}/u,
    };
    const texts = Object.entries({ ...messages, ...reasons, ...addressReasons }).concat(
      Object.entries(problems).flatMap(([code, { cause, next }]): [string, string][] => [
        [code, cause],
        [code, next],
      ]),
    );
    for (const [key, text] of texts) {
      const words = wordsOf(text, language);
      if (!/\p{L}{2}/u.test(words) || SHARED.test(text)) continue;
      expect(text, key).not.toBe(ENGLISH[key]);
      if (language in script) {
        expect(words, key).toMatch(script[language as keyof typeof script]);
        expect(words, key).not.toMatch(/[a-z]{4}/);
      } else {
        expect(words, key).not.toMatch(/(?<!\p{L})(the|you|your|is|are|this|with|from)(?!\p{L})/iu);
      }
    }
  });
});

test('French has a non-breaking space before its tall punctuation', async () => {
  const texts = JSON.stringify(await LANGUAGES.fr.load()).split(/(?<!\\)"/);
  expect(texts.filter((text) => /\S [:;?!»]|« /u.test(text))).toEqual([]);
});

test('every English message is used', () => {
  const files = import.meta.glob<string>('../../../../src/renderer/**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const code = Object.entries(files)
    .filter(([path]) => !path.includes('/catalogs/'))
    .map(([, text]) => text)
    .join('\n');
  // Keys that are put together: `delivery.${state}`, `${text}.title`.
  const starts = [...code.matchAll(/`([\w-]+\.(?:[\w-]+\.)*)\$\{/g)].map(
    ([, start]) => start ?? '',
  );
  const ends = [...code.matchAll(/`\$\{\w+\}(\.\w+)`/g)].map(([, end]) => end ?? '');
  const unused = Object.keys(english.messages).filter(
    (key) =>
      !code.includes(`'${key}'`) &&
      !starts.some((it) => key.startsWith(it)) &&
      !ends.some((it) => key.endsWith(it)),
  );
  expect(unused).toEqual([]);
});
