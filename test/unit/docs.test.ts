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

test.each(documents)('every file that %s points to exists', (document) => {
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

/** What one of our processes hands to another, or takes from the way it is itself run. */
const INTERNAL = /^(?:STAND_IN_\w+|VITEST_\w+|NODE_\w+|ELECTRON_RUN_AS_NODE|LD_LIBRARY_PATH)$/;

test('CONTRIBUTING.md names every environment variable that the code reads', () => {
  const table = readFileSync('CONTRIBUTING.md', 'utf8');
  const sources = ['src', 'scripts', 'packaging', 'bench', 'bin', 'test/support', 'test/package']
    .flatMap((folder) =>
      readdirSync(folder, { encoding: 'utf8', recursive: true }).map((it) => join(folder, it)),
    )
    .filter((path) => /\.(?:tsx?|m?js)$/.test(path));
  const read = [...sources, 'forge.config.ts'].flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    const taken = [...text.matchAll(/\{([^{}]+)\} = process\.env/g)]
      .map(([, it = '']) => it)
      .join();
    return [
      ...[...text.matchAll(/\benv(?:\.|\[')([A-Z][A-Z0-9_]+)\b/g)].map(([, name = '']) => name),
      ...[...text.matchAll(/'(PARLEY_[A-Z_]+)'/g)].map(([, name = '']) => name),
      ...[...taken.matchAll(/\b[A-Z][A-Z0-9_]+\b/g)].map(([name]) => name),
    ];
  });
  expect(read).toContain('PARLEY_DEBUG');
  expect(read).toContain('APPIMAGE');
  const unnamed = read.filter((name) => !INTERNAL.test(name) && !table.includes(`\`${name}\``));
  expect([...new Set(unnamed)]).toEqual([]);
});
