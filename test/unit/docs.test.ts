import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { expect, test } from 'vitest';

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'test/e2e/README.md',
  'test/package/README.md',
  ...readdirSync('docs', { encoding: 'utf8', recursive: true })
    .filter(isText)
    .map((it) => `docs/${it.split(sep).join('/')}`)
    .toSorted(),
];

function isText(name: string): boolean {
  return name.endsWith('.md');
}

test.each(documents)('every file that %s points to is there', (document) => {
  const text = readFileSync(document, 'utf8');
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path = '']) =>
    join(dirname(document), path),
  );
  const named = [...text.matchAll(/`((?:src|test|scripts|docs|bench)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );
  const missing = [...linked, ...named].filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});
