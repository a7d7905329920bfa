import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';
import {
  displayName,
  isVisible,
  messageProblem,
  nameProblem,
  storedName,
  utf8Length,
} from '../../../../src/shared/model/text.ts';

const LIMIT = DEFAULT_LIMITS.messageBytes;
const NAME = DEFAULT_LIMITS.nameBytes;

describe('the body of a message', () => {
  test.each(['a', 'ü', '€', '😀'])('may fill the limit with %s to the last byte', (character) => {
    const size = utf8Length(character);
    const full = character.repeat(Math.floor(LIMIT / size)) + 'x'.repeat(LIMIT % size);
    expect(utf8Length(full)).toBe(LIMIT);
    expect(messageProblem(full, DEFAULT_LIMITS)).toBeNull();
    expect(messageProblem(`${full}x`, DEFAULT_LIMITS)).toMatchObject({
      code: 'message-too-long',
      params: { bytes: LIMIT + 1, limit: LIMIT },
    });
  });

  test('one byte over the limit is refused with both sizes, formatted', () => {
    const { cause } = messageProblem('x'.repeat(70_000), { messageBytes: 66_000 }) ?? {};
    expect(cause).toBe('The message has 70,000 bytes; the limit is 66,000.');
  });

  test.each([
    '',
    ' ',
    '\n\t\u00a0\u3000',
    '\u200b',
    '\u200d\ufe0f',
    '\u3164 \uffa0\u115f',
    '\u2800',
    '\u00ad\u2060\ufeff',
    '\u202e\u2066\u061c',
    '\u{e0041}\u{e007f}',
    '\u{e0100}',
    '\u{1d159}',
    '\0\x1b',
  ])('without a visible character (%j) is refused', (body) => {
    expect(messageProblem(body, DEFAULT_LIMITS)?.code).toBe('message-empty');
  });

  test.each(['.', '👍', '🇩🇪', '❤️', '\ue0a0', '\u0301', '\u200ba', '한', 'می\u200cخواهم'])(
    'of one visible character (%j) is accepted',
    (body) => expect(messageProblem(body, DEFAULT_LIMITS)).toBeNull(),
  );

  test.each(['\ud83d', 'a\ude00b', '\ude00\ud83d'])('with a lone surrogate is refused', (body) => {
    expect(messageProblem(body, DEFAULT_LIMITS)?.code).toBe('message-malformed');
  });

  test('is accepted exactly when it fits in bytes and survives encoding', () => {
    const limits = { messageBytes: 24 };
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (body) => {
        const arrives = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
          new TextEncoder().encode(body),
        );
        const fits = new TextEncoder().encode(body).length <= 24;
        const accepted = arrives === body && fits && isVisible(body);
        expect(messageProblem(body, limits) === null).toBe(accepted);
      }),
    );
  });
});

describe('our own name', () => {
  test('may fill the limit, and not exceed it', () => {
    expect(nameProblem('ü'.repeat(NAME / 2), DEFAULT_LIMITS)).toBeNull();
    expect(nameProblem(`${'ü'.repeat(NAME / 2)}x`, DEFAULT_LIMITS)?.code).toBe('name-too-long');
  });

  test.each([' \n', '\u200b', '\u3164', '\u2800', '\ufe0f'])(
    'without a visible character (%j) is refused',
    (name) => {
      expect(nameProblem(name, DEFAULT_LIMITS)?.code).toBe('name-empty');
    },
  );
});

describe('a remote name', () => {
  const nasty = fc.array(
    fc.oneof(
      fc.constantFrom(...'\u202e\u2066\u200f\u2028\0\x1b\x7f\x9b\ud800\udc00 \t\n'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
  );

  test('is unchanged when there is nothing wrong with it', () => {
    for (const name of [
      'Alice',
      'Zoë',
      '李小龍',
      'Ада Лавлейс',
      '👩‍💻 Dev',
      'عمر',
      '🏴\u{e0067}\u{e0062}\u{e0077}\u{e006c}\u{e0073}\u{e007f}',
      'می\u200cخواهم',
      'علی\u200cرضا',
      'क्\u200dष',
      'ශ්\u200dරී ලංකා',
      'র\u200d্যাব',
      'രാജന്\u200d',
      '❤️',
      '1️⃣ One',
      '👨‍👩‍👧‍👦',
      '🇩🇪',
      '🏳️‍🌈',
    ]) {
      expect(displayName(name, DEFAULT_LIMITS)).toBe(name);
    }
  });

  test('cannot break the line, control a terminal or reverse the text around it', () => {
    expect(displayName('Al\u202eice\n\x1b[31m\u2066', DEFAULT_LIMITS)).toBe('Al ice [31m');
    fc.assert(
      fc.property(nasty, (parts) => {
        const shown = displayName(parts.join(''), DEFAULT_LIMITS);
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(shown).not.toMatch(/^\s|\s$|\s\s/);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  test.each(['\u200b', '\u3164', '\u2800', '\u200d\u200d', '\ufe0f', '\u00ad', '\u{e0041}'])(
    'that is invisible (%j) counts as none',
    (name) => expect(displayName(name, DEFAULT_LIMITS)).toBe(''),
  );

  test('cannot imitate a contact’s name with an invisible character', () => {
    expect(displayName('Alice\u200b', DEFAULT_LIMITS)).toBe('Alice');
    expect(displayName('Al\u2060ice', DEFAULT_LIMITS)).toBe('Al ice');
  });

  const idle = [
    '\u200c',
    '\u200d',
    '\ufe00',
    '\ufe0e',
    '\ufe0f',
    '\u{e0061}',
    '\u{e007f}',
    '\u200d\ufe0f\u200c',
  ];
  test.each(idle)('keeps no joiner, selector or tag (%j) where it draws nothing', (mark) => {
    for (const name of ['Alice', 'Ада', '李小龍', 'عمر', 'दर', '1', '😀', '🇩🇪']) {
      expect(displayName(name + mark, DEFAULT_LIMITS)).toBe(name);
      expect(displayName(mark + name, DEFAULT_LIMITS)).toBe(name);
    }
    expect(displayName(`Al${mark}ice`, DEFAULT_LIMITS)).toBe('Alice');
    expect(displayName(`Al ${mark} ice`, DEFAULT_LIMITS)).toBe('Al ice');
    // After a letter that joins to nothing, a break is as invisible.
    expect(displayName(`دا${mark}ر`, DEFAULT_LIMITS)).toBe('دار');
  });

  test('is cut to the limit, between characters', () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 0, max: 12 }), (parts, nameBytes) => {
        const shown = displayName(parts.join(''), { nameBytes });
        expect(utf8Length(shown)).toBeLessThanOrEqual(nameBytes);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
    expect(displayName('aaa😀', { nameBytes: 6 })).toBe('aaa');
  });

  test('is cut where it would become longer than the limit when taken apart', () => {
    const shown = displayName('\ufdfa'.repeat(80), DEFAULT_LIMITS);
    expect(shown).toBe('\ufdfa'.repeat(14));
    expect(shown.normalize('NFKD').length).toBeLessThanOrEqual(DEFAULT_LIMITS.nameBytes);
    // Hangul and Vietnamese are taken apart too, and lose nothing.
    for (const name of ['각'.repeat(85), 'ệ'.repeat(85)]) {
      expect(displayName(name, DEFAULT_LIMITS)).toBe(name);
    }
  });

  test('is not changed by a second clean-up', () => {
    fc.assert(
      fc.property(nasty, (parts) => {
        const once = displayName(parts.join(''), { nameBytes: 8 });
        expect(displayName(once, { nameBytes: 8 })).toBe(once);
      }),
    );
  });

  test('that was stored loses what earlier versions left in it', () => {
    for (const name of ['Alice', '👩‍💻 Dev', 'می\u200cخواهم', '127.0.0.1:8080', 'Caller at ::1']) {
      expect(storedName(name, DEFAULT_LIMITS)).toBe(name);
    }
    expect(storedName('Alice\u200d', DEFAULT_LIMITS)).toBe('Alice');
    for (const name of ['', ' ', 'a ', 'a\nb', 'a\u202eb', '\ud800', '\u200d', 'x'.repeat(257)]) {
      expect(storedName(name, DEFAULT_LIMITS)).toBeNull();
    }
  });

  // Anything that looks at the rest of the text at each sign would take hours.
  test('of sixteen megabytes is truncated in linear time', () => {
    expect(displayName('a'.repeat(16 * 1024 * 1024), DEFAULT_LIMITS)).toMatch(/^a+…?$/);
    displayName(' \u202e'.repeat(8 * 1024 * 1024), DEFAULT_LIMITS);
  });
});
