import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGE_TAGS } from '../../../../src/renderer/i18n/languages.ts';
import {
  DEFAULT_PREFERENCES,
  NOTICE_LEVELS,
  noticeLevel,
  PreferenceStore,
  type Preferences,
  parsePreferences,
  TEXT_SIZES,
  THEMES,
} from '../../../../src/renderer/preferences/preferences.ts';

function mapStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const preferences: fc.Arbitrary<Preferences> = fc.record({
  theme: fc.constantFrom(...THEMES),
  textSize: fc.constantFrom(...TEXT_SIZES),
  language: fc.constantFrom('system' as const, ...LANGUAGE_TAGS),
  firstRunDone: fc.boolean(),
  notifications: fc.constantFrom('unset' as const, ...NOTICE_LEVELS),
});

test('whatever was chosen is there again after a restart', () => {
  fc.assert(
    fc.property(preferences, (chosen) => {
      const storage = mapStorage();
      new PreferenceStore(storage).change(chosen);
      expect(new PreferenceStore(storage).get()).toEqual(chosen);
    }),
  );
});

test('whatever stands in the storage, the page starts with something that works', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const parsed = parsePreferences(text);
      expect(THEMES).toContain(parsed.theme);
      expect(TEXT_SIZES).toContain(parsed.textSize);
      expect(['system', ...LANGUAGE_TAGS]).toContain(parsed.language);
    }),
  );
  expect(parsePreferences('{"theme":"dark","textSize":7}')).toEqual({
    ...DEFAULT_PREFERENCES,
    theme: 'dark',
  });
});

test('a storage that refuses costs nothing but the memory', () => {
  const refuse = () => {
    throw new Error('denied');
  };
  const store = new PreferenceStore({ getItem: refuse, setItem: refuse });
  store.change({ theme: 'dark' });
  expect(store.get().theme).toBe('dark');
});

test('another page of the same host is followed', () => {
  const storage = mapStorage();
  const [here, there] = [new PreferenceStore(storage), new PreferenceStore(storage)];
  let told = 0;
  here.subscribe(() => (told += 1));
  there.change({ textSize: 'large' });
  here.reload();
  expect(here.get().textSize).toBe('large');
  expect(told).toBe(1);
});

test('nobody is notified in a browser who did not ask for it; whoever chose gets what they chose', () => {
  expect(noticeLevel(DEFAULT_PREFERENCES, 'browser')).toBe('off');
  expect(noticeLevel(DEFAULT_PREFERENCES, 'electron')).toBe('text');
  for (const notifications of NOTICE_LEVELS) {
    const chosen = { ...DEFAULT_PREFERENCES, notifications };
    expect(noticeLevel(chosen, 'browser')).toBe(notifications);
    expect(noticeLevel(chosen, 'electron')).toBe(notifications);
  }
});
