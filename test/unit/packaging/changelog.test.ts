import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the newest section of the changelog is for the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [newest] = readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## \[(\d.+)\]/gm);
  expect(newest?.[1]).toBe(version);
});
