import fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { LANGUAGE_TAGS, LANGUAGES } from '../../../../src/renderer/i18n/languages.ts';
import { type MessageValue, messageReader } from '../../../../src/renderer/i18n/message-format.ts';

type Values = Readonly<Record<string, MessageValue>>;

/** What a complete library makes of it. */
const byLibrary = (text: string, locale: string, values: Values) =>
  String(new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).format(values));

const locale = fc.constantFrom(...LANGUAGE_TAGS, 'de-AT', 'ar-EG', 'en-IN');
const count = fc.oneof(
  fc.nat({ max: 12 }),
  fc.nat(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const values = fc.record({
  name: fc.oneof(fc.string(), count),
  kind: fc.constantFrom('a', 'b', 'c', 'constructor'),
  count,
});

// An apostrophe in words opens no quote, and nothing follows a quote that would go on with it.
const words = fc.stringMatching(/^([a-zé #,<>]|'[a-z]){0,8}$/);
const quoted = fc.stringMatching(/^[a-z{}# ,]{0,6}$/).map((it) => `'{${it}}' `);
const spaces = fc.constantFrom('', ' ', '\n  ');

/** Messages in ICU's syntax, as far as the catalogs use it. */
const { message } = fc.letrec<{ message: string; branch: string }>((tie) => ({
  message: fc
    .array(
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        words,
        quoted,
        fc.constantFrom('{name}', '{ name }', '{count, number}', '{count,number }', "''", "'#' "),
        fc
          .tuple(spaces, tie('branch'), tie('branch'), tie('branch'))
          .map(
            ([space, one, none, other]) =>
              `{count,${space}plural, =0 ${none}${space}one${one} other ${other}${space}}`,
          ),
        fc
          .tuple(tie('branch'), tie('branch'))
          .map(([a, other]) => `{kind, select, a ${a} other ${other}}`),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join('')),
  branch: tie('message').map((text) => `{${text}}`),
}));

describe('a message', () => {
  test('says what a complete library makes of it, in every language', () => {
    fc.assert(
      fc.property(message, locale, values, (text, tag, given) => {
        expect(messageReader(tag)(text)(given)).toBe(byLibrary(text, tag, given));
      }),
      { numRuns: 500 },
    );
  });

  test.each(LANGUAGE_TAGS)('of the catalog in %s does so too', async (language) => {
    const catalog = await LANGUAGES[language].load();
    const texts = [
      ...Object.values(catalog.messages),
      ...Object.values(catalog.reasons),
      ...Object.values(catalog.problems).flat(),
    ];
    expect(texts.length).toBeGreaterThan(100);
    const read = messageReader(language);
    for (const number of [0, 1, 2, 3, 7, 11, 25, 100, 1234567]) {
      for (const text of texts) {
        const given = new Proxy<Values>({}, everyName(number));
        expect(read(text)(given)).toBe(byLibrary(text, language, given));
      }
    }
  });

  test.each([
    '{name',
    '{name, plural, one {a}}',
    '{name, plural, other {a}',
    '{name, plural}',
    '{name, date}',
    '{name, number, percent}',
    '{name, plural, other a}',
    '{name, plural, one {a} one {b} other {c}}',
    '{}',
    '{a b}',
  ])('that is not understood is refused: %s', (text) => {
    expect(() => messageReader('en')(text)).toThrow(SyntaxError);
  });

  test('that lacks a value is not shown with a hole in it', () => {
    expect(() => messageReader('en')('Hello {name}')({})).toThrow('name');
    expect(() => messageReader('en')('Hello {toString}')({})).toThrow('toString');
  });
});

/** Every placeholder has a value: numbers, so that every kind of placeholder takes them. */
function everyName(number: number): ProxyHandler<Values> {
  return {
    has: () => true,
    get: () => number,
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: number }),
  };
}
