import { describe, expect, test } from 'vitest';
import { placesOf, projectPlaces } from '../../../../src/main/base/manifest.ts';

describe('the repository of the project', () => {
  test.each([
    'github:some-team/parley',
    'some-team/parley',
    'https://github.com/some-team/parley',
    'git+https://github.com/some-team/parley.git',
    'git@github.com:some-team/parley.git',
    { type: 'git', url: 'git+https://github.com/some-team/parley.git' },
  ])('is read from %j', (repository) => {
    expect(placesOf({ repository }).repository).toEqual({ owner: 'some-team', name: 'parley' });
  });

  test.each([
    undefined,
    null,
    7,
    '',
    'https://git.example.org/some-team/parley',
    'https://github.com/some-team/parley/../../x',
    { url: 5 },
    'gist:11081aaa281',
  ])('is unknown with %j', (repository) => {
    expect(placesOf({ repository }).repository).toBeNull();
  });

  test('has a web page only with an http(s) URL', () => {
    expect(placesOf({ homepage: 'https://example.org/p' }).website).toBe('https://example.org/p');
    expect(placesOf({ homepage: 'file:///etc' }).website).toBeNull();
    expect(placesOf(null)).toEqual({ repository: null, website: null });
  });

  test('is unknown without a readable package.json', () => {
    expect(projectPlaces('/no/such/folder')).toEqual({ repository: null, website: null });
  });
});
