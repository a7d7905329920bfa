import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DEFAULT_PREFERENCES,
  TEXT_SIZES,
  THEMES,
  usablePreferences,
  withPreferences,
} from '../../../../src/shared/model/preferences.ts';

const PAGE = '<!doctype html><html lang="en"><head></head></html>';

test('what is understood of a file is taken, and has its default otherwise', () => {
  expect(usablePreferences({ theme: 'dark', textSize: 7, language: 'de' })).toEqual({
    ...DEFAULT_PREFERENCES,
    theme: 'dark',
    language: 'de',
  });
  for (const none of [null, 7, 'dark', []]) {
    expect(usablePreferences(none)).toEqual(DEFAULT_PREFERENCES);
  }
});

test('a page is served with its looks as attributes, and in English while nothing is chosen', () => {
  const html = withPreferences(PAGE, { ...DEFAULT_PREFERENCES, theme: 'dark', language: 'ar' });
  expect(html).toContain('<html lang="ar" data-theme="dark" data-text-size="standard"');
  expect(withPreferences(PAGE, DEFAULT_PREFERENCES)).toContain(
    '<html lang="en" data-theme="system"',
  );
});

test('whatever a file holds, nothing of it gets out of the attributes', () => {
  const kept = fc.record({
    theme: fc.oneof(fc.constantFrom(...THEMES), fc.string()),
    textSize: fc.oneof(fc.constantFrom(...TEXT_SIZES), fc.string()),
    language: fc.oneof(fc.string(), fc.constantFrom('de', '"><script>', '$&')),
  });
  fc.assert(
    fc.property(kept, (given) => {
      const html = withPreferences(PAGE, usablePreferences(given));
      expect(html).toMatch(/^<!doctype html><html( [a-z-]+="[^"<>]*"){4}><head><\/head><\/html>$/);
    }),
  );
});
