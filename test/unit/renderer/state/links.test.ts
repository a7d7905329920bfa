import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyParts } from '../../../../src/renderer/state/links.ts';
import { markWords } from '../../../../src/renderer/state/marks.ts';

const linksIn = (body: string) =>
  bodyParts(body).flatMap(({ link, text }) => (link === null ? [] : [text]));

const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.constantFrom(' ', '\n', '(', ').', 'javascript:alert(1)', 'data:text/html,x', 'http://', '"'),
  fc.constantFrom('https://', '\u202e', '@', '<', '>', 'https://a@b.example/', '。', 'xhttps://'),
);
const body = fc.array(piece, { maxLength: 12 }).map((it) => it.join(''));

test('whatever a message holds, all of it is shown, and only the web is ever linked', () => {
  fc.assert(
    fc.property(body, (it) => {
      const parts = bodyParts(it);
      expect(parts.map((part) => part.text).join('')).toBe(it);
      for (const { text, at, link } of parts) {
        expect(it.startsWith(text, at)).toBe(true);
        if (link === null) continue;
        expect(new URL(link).protocol).toMatch(/^https?:$/);
        expect(text).toMatch(/^https?:\/\//i);
        // What is clicked is what is opened.
        expect(new URL(text).href).toBe(link);
      }
    }),
    { numRuns: 500 },
  );
});

describe('an address in a sentence', () => {
  test.each([
    ['See https://example.org.', 'https://example.org'],
    ['(https://example.org/a)', 'https://example.org/a'],
    ['https://en.example/wiki/A_(b) is good', 'https://en.example/wiki/A_(b)'],
    ['Really? https://example.org/?q=1!', 'https://example.org/?q=1'],
    ['“https://example.org/x”', 'https://example.org/x'],
    ['看https://example.org/吗', 'https://example.org/'],
    ['資料はhttps://example.com/docです', 'https://example.com/doc'],
    ['資料は https://example.com/docです', 'https://example.com/doc'],
    ['「https://example.com/doc」と言う', 'https://example.com/doc'],
    ['（https://example.com/doc）', 'https://example.com/doc'],
    ['见https://example.com/a，https://', 'https://example.com/a'],
    ['ดูที่https://example.com/docครับ', 'https://example.com/doc'],
    ['링크는 https://example.com/doc입니다', 'https://example.com/doc'],
    ['https://ja.example/wiki/日本語', 'https://ja.example/wiki/日本語'],
    ['https://ru.example/wiki/Москва.', 'https://ru.example/wiki/Москва'],
    ['https://例え.example/', 'https://例え.example/'],
    ["https://en.example/wiki/Murphy's_law", "https://en.example/wiki/Murphy's_law"],
    ['https://en.example/wiki/Murphy’s_law', 'https://en.example/wiki/Murphy’s_law'],
    ["https://en.example/wiki/Rock_'n'_Roll", "https://en.example/wiki/Rock_'n'_Roll"],
    ["'https://example.org/a'", 'https://example.org/a'],
    ["'https://example.org/it's'.", "https://example.org/it's"],
    ['‘https://example.org/a’', 'https://example.org/a'],
    ["that's https://example.org/a'", 'https://example.org/a'],
    ['https://en.example/wiki/C_', 'https://en.example/wiki/C_'],
    ['https://en.example/wiki/C*', 'https://en.example/wiki/C*'],
    ['https://example.org/~ann~', 'https://example.org/~ann~'],
    ['*https://example.org/a*', 'https://example.org/a'],
    ['_https://example.org/a_', 'https://example.org/a'],
    ['~~https://example.org/a~~', 'https://example.org/a'],
    ['**https://example.org/a**.', 'https://example.org/a'],
    ['https://example.org/؟', 'https://example.org/'],
    ['https://example.org/a(b', 'https://example.org/a(b'],
    ['(see https://example.org/a)).', 'https://example.org/a'],
    ["https://example.org/?q='x'&r=(1)", "https://example.org/?q='x'&r=(1)"],
    ['见 https://example.org/x。', 'https://example.org/x'],
    ['<https://example.org>', 'https://example.org'],
    ['[text](https://example.org/a)', 'https://example.org/a'],
    ['HTTPS://EXAMPLE.ORG', 'HTTPS://EXAMPLE.ORG'],
    ['https://example.org:8443/a?b=c&d=e#f', 'https://example.org:8443/a?b=c&d=e#f'],
  ])('%s', (text, link) => {
    expect(linksIn(text)).toEqual(link === null ? [] : [link]);
  });

  test.each([
    'javascript:alert(1)',
    'www.example.org',
    'example.org',
    'ftp://example.org',
    'mailto:a@example.org',
    'xhttps://example.org',
    'https://',
    'https://user:secret@example.org/',
    'http://[not-an-address]/',
  ])('%s is only text', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  test('an endless one is text, and nobody waits for it', () => {
    const endless = `https://example.org/${')'.repeat(2_000_000)}`;
    expect(linksIn(endless)).toEqual([]);
  });

  test('more links than anybody would click are left as text', () => {
    expect(linksIn('https://example.org/ '.repeat(1_000))).toHaveLength(200);
  });
});

test('what was searched for is marked, and nothing of the text is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
      const parts = markWords(text, query);
      expect(parts.map((it) => it.text).join('')).toBe(text);
      for (const part of parts) expect(part.text === '' && part.hit).toBe(false);
    }),
  );
  expect(markWords('Did the Sensor arrive?', 'sens (x')).toEqual([
    { text: 'Did the ', hit: false },
    { text: 'Sens', hit: true },
    { text: 'or arrive?', hit: false },
  ]);
});
