import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createI18n } from '../../../../src/renderer/i18n/i18n.ts';
import { LANGUAGES, type Language } from '../../../../src/renderer/i18n/languages.ts';
import { noticeText } from '../../../../src/renderer/notifications/notice-text.ts';
import type { NoticeContent } from '../../../../src/renderer/notifications/notices.ts';
import { MAX_NOTICE_BODY, MAX_NOTICE_TITLE } from '../../../../src/shared/model/notice.ts';

const speak = async (language: Language) =>
  createI18n({ language, locale: language }, await LANGUAGES[language].load(), 'UTC');
const english = await speak('en');
const arabic = await speak('ar');

const content: NoticeContent = { contactId: 'c', name: 'Bob', text: 'See you at 7', count: 1 };
const three = { ...content, count: 3 };
const words = (of: NoticeContent, level: 'text' | 'name' | 'hidden') => {
  const { title, body } = noticeText(of, level, english);
  return [title, body];
};

test('each choice shows exactly its parts', () => {
  expect(words(content, 'text')).toEqual(['Bob', 'See you at 7']);
  expect(words(three, 'text')).toEqual(['Bob (3 new messages)', 'See you at 7']);
  expect(words(content, 'name')).toEqual(['Bob', 'New message']);
  expect(words(three, 'name')).toEqual(['Bob', '3 new messages']);
  expect(words(content, 'hidden')).toEqual(['Parley', 'New message']);
  expect(words(three, 'hidden')).toEqual(['Parley', '3 new messages']);
});

test('a text that cannot be shown, and a nameless contact, still give a notification', () => {
  expect(words({ ...content, text: null }, 'text')).toEqual(['Bob', 'New message']);
  expect(words({ ...content, text: '\u202e\n' }, 'text')).toEqual(['Bob', 'New message']);
  expect(words({ ...content, name: '\u200b' }, 'text')).toEqual(['Parley', 'See you at 7']);
});

test('a long text is cut between grapheme clusters', () => {
  const family = '👨‍👩‍👧‍👦';
  const [, body] = words({ ...content, text: family.repeat(200) }, 'text');
  expect(body).toBe(`${family.repeat(160)}…`);
});

test('a text in the other direction cannot reorder its surroundings', () => {
  expect(words({ ...content, text: 'مرحبا' }, 'text')[1]).toBe('\u2068مرحبا\u2069');
  expect(words({ ...content, name: 'ليلى' }, 'text')[0]).toBe('\u2068ليلى\u2069');
  expect(noticeText(content, 'text', arabic).title).toBe('\u2068Bob\u2069');
});

test('any text and any name give one plain line that a host accepts', () => {
  const anything = fc.integer({ min: 0, max: 0x10ffff }).map((it) => String.fromCodePoint(it));
  const text = fc.oneof(
    fc.string({ unit: anything, maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom('a\nb', '\u202eevil\u2069\u2069', 'e\u0301'.repeat(5_000), '\ud800', ' '),
  );
  const language = fc.constantFrom(english, arabic);
  const choice = fc.constantFrom('text' as const, 'name' as const, 'hidden' as const);
  const count = fc.integer({ min: 1, max: 9_999 });
  fc.assert(
    fc.property(text, text, count, language, choice, (name, body, count, i18n, level) => {
      const said = noticeText({ contactId: 'c', name, text: body, count }, level, i18n);
      expect(said.title).not.toBe('');
      expect(said.body).not.toBe('');
      expect(said.title.length).toBeLessThanOrEqual(MAX_NOTICE_TITLE);
      expect(said.body.length).toBeLessThanOrEqual(MAX_NOTICE_BODY);
      for (const line of [said.title, said.body]) {
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066\u2067]/u);
        expect(line.isWellFormed()).toBe(true);
        const opened = line.match(/\u2068/g)?.length ?? 0;
        expect(line.match(/\u2069/g)?.length ?? 0).toBe(opened);
      }
      if (level !== 'text' && body.length > 20) expect(said.body).not.toContain(body);
    }),
  );
});
