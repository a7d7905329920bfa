import { expect, test, vi } from 'vitest';
import { createI18n } from '../../../../src/renderer/i18n/i18n.ts';
import {
  chooseLanguage,
  LANGUAGES,
  type Language,
} from '../../../../src/renderer/i18n/languages.ts';
import { LanguageLoader } from '../../../../src/renderer/preferences/language-loader.ts';
import { PreferenceStore } from '../../../../src/renderer/preferences/preferences.ts';
import { parseAddress } from '../../../../src/shared/address/address.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';
import { reason } from '../../../../src/shared/problems/problem-reasons.ts';
import { WAIT_TIMEOUT_MS } from '../../../support/basics/timeouts.ts';

const speak = async (language: Language, locale: string = language) =>
  createI18n({ language, locale }, await LANGUAGES[language].load(), 'UTC');

const AT = Date.UTC(2026, 10, 22, 14, 2);
/** Without the marks that keep directions apart, and with plain spaces. */
const plain = (text: string) =>
  text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\s/g, ' ');

test('the first supported language of the system is used, with its own date formats', () => {
  const choose = (...tags: string[]) => chooseLanguage('system', tags);
  expect(choose('nl-NL', 'de-AT', 'en-GB')).toEqual({ language: 'de', locale: 'de-AT' });
  expect(choose('en-GB')).toEqual({ language: 'en', locale: 'en-GB' });
  expect(choose('zh-CN')).toEqual({ language: 'zh-Hans', locale: 'zh-CN' });
  // Readers of Traditional Chinese are not given Simplified.
  expect(choose('zh-TW')).toEqual({ language: 'en', locale: 'en' });
  expect(choose('not a tag', 'ar-EG')).toEqual({ language: 'ar', locale: 'ar-EG' });
  expect(choose()).toEqual({ language: 'en', locale: 'en' });
});

test('a chosen language wins, and keeps the system’s regional variant', () => {
  expect(chooseLanguage('fr', ['de-DE', 'fr-CA'])).toEqual({ language: 'fr', locale: 'fr-CA' });
  expect(chooseLanguage('ja', ['de-DE'])).toEqual({ language: 'ja', locale: 'ja' });
});

test('plurals follow the language: six forms in Arabic', async () => {
  const { t } = await speak('ar', 'ar-u-nu-latn');
  const said = [0, 1, 2, 3, 11, 100].map((count) => t('list.unread', { count }));
  expect(new Set(said.map((it) => it.replace(/\d+/, '#'))).size).toBe(5);
  expect(said[2]).toBe('رسالتان غير مقروءتين');
  expect(said[3]).toContain('3');
  expect((await speak('en')).t('list.unread', { count: 1 })).toBe('1 unread message');
  expect((await speak('en')).t('list.unread', { count: 1200 })).toBe('1,200 unread messages');
});

test('dates and amounts are formatted for the locale', async () => {
  const [de, us] = [await speak('de'), await speak('en', 'en-US')];
  expect(de.format.time(AT)).toBe('14:02');
  expect(plain(us.format.time(AT))).toBe('2:02 PM');
  expect(de.format.day(AT, AT)).toBe('Heute');
  expect(de.format.number(66_000)).toBe('66.000');
  expect(plain(us.format.bytes(66_000))).toBe('66,000 bytes');
  expect(plain(us.format.size(1_440_000))).toBe('1.4 MB');
});

test.each([
  ['en', 'en-US', '70,000', '66,000'],
  ['en', 'en-IN', '70,000', '66,000'],
  ['de', 'de', '70.000', '66.000'],
  ['es', 'es', '70.000', '66.000'],
  ['fr', 'fr', '70 000', '66 000'],
  ['ja', 'ja', '70,000', '66,000'],
  ['zh-Hans', 'zh-CN', '70,000', '66,000'],
  ['ar', 'ar-u-nu-latn', '70,000', '66,000'],
] as const)(
  'a text over the limit is measured as %s (%s) writes amounts',
  async (language, locale, bytes, limit) => {
    const i18n = await speak(language, locale);
    for (const code of ['message-too-long', 'name-too-long'] as const) {
      const { cause } = i18n.problem(problem(code, { bytes: 70_000, limit: 66_000 }));
      expect(plain(cause)).toContain(bytes);
      expect(plain(cause)).toContain(limit);
    }
  },
);

test('a name in the other direction does not reorder its sentence', async () => {
  const { t } = await speak('en');
  expect(t('conversation.blockedTitle', { name: 'Bob' })).toBe('You have blocked Bob');
  expect(t('conversation.blockedTitle', { name: 'ليلى' })).toBe(
    'You have blocked \u2068ليلى\u2069',
  );
  expect((await speak('ar')).t('conversation.blockedTitle', { name: 'Bob' })).toContain(
    '\u2068Bob\u2069',
  );
});

test('user text is never read as a message pattern', async () => {
  const { t } = await speak('en');
  const name = '{count, plural, other {#}} <b>';
  expect(t('conversation.blockedTitle', { name })).toBe(`You have blocked ${name}`);
});

test('problems are shown in the language, with the core’s values in them', async () => {
  const de = await speak('de');
  expect(de.problem(problem('refused', { host: '192.168.1.4', port: 8080 })).cause).toBe(
    '192.168.1.4 wurde erreicht, aber auf Port 8080 nimmt nichts Anrufe an.',
  );
  const clock = { name: 'Bob', difference: 300_000, direction: 'behind' };
  expect(de.problem(problem('clock-differs', clock)).cause).toBe(
    'Die Uhr von Bob geht 5 Minuten nach.',
  );
  expect(de.problem(problem('over-limit', { what: 'calls back' })).cause).toContain('Rückrufe');
});

test('a problem shows a name as it is, also when it equals a property of Object.prototype', async () => {
  const taken = { name: 'constructor', other: 'toString', address: '192.168.1.4:8080' };
  for (const language of ['en', 'de'] as const) {
    const { cause } = (await speak(language)).problem(problem('address-taken', taken));
    expect(cause).toMatch(/toString.*constructor|constructor.*toString/);
    expect(cause).not.toContain('native code');
  }
});

const REFUSALS = {
  de: /(?<!\p{L})(the|is|not|there|address|disk|full|file|or|cut|missing)(?!\p{L})/iu,
  ar: /[a-z]{2}/i,
} as const;

test.each(['de', 'ar'] as const)(
  'the reason of a problem is translated to %s too',
  async (language) => {
    const { problem: inWords } = await speak(language);
    const refused = parseAddress('300.1.2.3:8080');
    if (refused.ok) throw new Error('it was accepted');
    const problems = [
      problem('bad-address', refused.params),
      problem('storage', reason('disk-full')),
      problem('import-invalid', { ...reason('import-not-json'), line: 3 }),
      problem('import-invalid', {
        ...reason('import-field', { field: '7', detail: 'Invalid input' }),
        line: 3,
      }),
    ];
    for (const it of problems) {
      const { cause, next } = inWords(it);
      const words = `${cause} ${next}`.replace(/Parley|JSON|IPv4|192\.168\.1\.20/g, '');
      expect(words).not.toMatch(REFUSALS[language]);
    }
    expect(inWords(problem('bad-address', refused.params)).cause).toContain('300.1.2.3');
  },
);

test('text from another machine is quoted unchanged, in every language', async () => {
  const failed = problem('call-failed', { reason: 'disk is full' });
  expect((await speak('en')).problem(failed).cause).toBe(
    'The other side answered with an error: “disk is full”',
  );
  expect((await speak('de')).problem(failed).cause).toBe(
    'Die Gegenseite hat mit einem Fehler geantwortet: „disk is full“',
  );
  expect((await speak('ar')).problem(failed).cause).toContain('«\u2068disk is full\u2069»');
});

test('text from another machine can neither reorder nor break its sentence', async () => {
  const hostile = 'a\u202egnp\u2069\n\nb\u0007';
  const { cause } = (await speak('de')).problem(problem('call-failed', { reason: hostile }));
  expect(cause).toBe('Die Gegenseite hat mit einem Fehler geantwortet: „agnp b“');
});

test('a reason of our own is not quoted, and one from a newer core is shown in English', async () => {
  const [en, de] = [await speak('en'), await speak('de')];
  const status = problem('call-failed', reason('answer-status', { status: 503 }));
  expect(en.problem(status).cause).toBe(status.cause);
  expect(de.problem(status).cause).toContain('HTTP-Status 503');
  const newer = problem('storage', { reason: 'it rained in.', reasonCode: 'rain' });
  expect(de.problem(newer).cause).toBe(
    'Der Verlauf konnte nicht geschrieben werden: it rained in.',
  );
});

test('a problem without a translation or a value is shown in English', async () => {
  const de = await speak('de');
  const unknown = {
    ...problem('stopped'),
    code: 'from-the-future' as 'stopped',
    cause: 'A cause.',
  };
  expect(de.problem(unknown).cause).toBe('A cause.');
  expect(de.problem(problem('refused', { host: 'a' })).cause).toContain('nothing is listening');
});

test('the language chosen last is shown, in whatever order they load', async () => {
  const preferences = new PreferenceStore();
  const { promise: slow, resolve: slowArrives } = Promise.withResolvers<void>();
  const loader = new LanguageLoader(
    preferences,
    () => ['en-GB'],
    async ({ language }) => {
      if (language === 'de') await slow;
      return LANGUAGES[language].load();
    },
  );
  await loader.start();
  expect(loader.get()).toMatchObject({ language: 'en', locale: 'en-GB' });
  preferences.change({ language: 'de' });
  preferences.change({ language: 'fr' });
  await vi.waitFor(() => expect(loader.get().language).toBe('fr'), WAIT_TIMEOUT_MS);
  slowArrives();
  await slow;
  await new Promise((done) => setTimeout(done));
  expect(loader.get().language).toBe('fr');
});

test('a language that fails to load leaves the current one', async () => {
  const preferences = new PreferenceStore();
  const loader = new LanguageLoader(
    preferences,
    () => ['en'],
    () => Promise.reject(new Error()),
  );
  preferences.change({ language: 'ja' });
  await loader.start();
  expect(loader.get().language).toBe('en');
});
