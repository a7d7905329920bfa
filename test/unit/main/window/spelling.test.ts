import { expect, test, vi } from 'vitest';
import { hasSpellCheck, setUpSpelling } from '../../../../src/main/window/spelling.ts';

function session() {
  return {
    setSpellCheckerEnabled: vi.fn(),
    setSpellCheckerLanguages: vi.fn(),
    setSpellCheckerDictionaryDownloadURL: vi.fn(),
  };
}

test.each(['linux', 'win32'] as const)('no dictionary is ever downloaded on %s', (platform) => {
  const given = session();
  const set = setUpSpelling(given, platform);
  set(true);
  set(false);
  expect(hasSpellCheck(platform)).toBe(false);
  expect(given.setSpellCheckerEnabled.mock.calls).toEqual([[false]]);
  expect(given.setSpellCheckerLanguages.mock.calls).toEqual([[[]]]);
  const [[url] = []] = given.setSpellCheckerDictionaryDownloadURL.mock.calls;
  expect(url).toMatch(/^parley-app:\/\/bundle\//);
});

test('macOS checks spelling by itself, as the user has set it', () => {
  const given = session();
  const set = setUpSpelling(given, 'darwin');
  expect(hasSpellCheck('darwin')).toBe(true);
  set(false);
  set(true);
  expect(given.setSpellCheckerEnabled.mock.calls).toEqual([[false], [true]]);
  expect(given.setSpellCheckerDictionaryDownloadURL).not.toHaveBeenCalled();
});
