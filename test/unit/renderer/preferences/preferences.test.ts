import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LANGUAGE_TAGS } from '../../../../src/renderer/i18n/languages.ts';
import {
  noticeLevel,
  PreferenceStore,
  servedPreferences,
} from '../../../../src/renderer/preferences/preferences.ts';
import {
  DEFAULT_PREFERENCES,
  LANGUAGE_TAG,
  NOTICE_LEVELS,
  type Preferences,
} from '../../../../src/shared/model/preferences.ts';

test('the host is told of each change, and listeners of it and of other pages’ changes', () => {
  const saved: Partial<Preferences>[] = [];
  const store = new PreferenceStore(DEFAULT_PREFERENCES, (it) => saved.push(it));
  const themes: string[] = [];
  store.subscribe(() => themes.push(store.get().theme));
  store.change({ theme: 'dark' });
  store.take({ ...store.get(), theme: 'light' });
  expect(themes).toEqual(['dark', 'light']);
  expect(saved).toEqual([{ theme: 'dark' }]);
});

test('whatever a page was served with, it starts with something that works', () => {
  fc.assert(
    fc.property(fc.option(fc.oneof(fc.string(), fc.json()), { nil: undefined }), (preferences) => {
      expect(Object.keys(servedPreferences({ dataset: { preferences } }))).toEqual(
        Object.keys(DEFAULT_PREFERENCES),
      );
    }),
  );
});

test('every language of the page can be kept', () => {
  for (const tag of LANGUAGE_TAGS) expect(tag).toMatch(LANGUAGE_TAG);
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
