import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { expect, test } from 'vitest';

/** The most files that a folder holds side by side. */
const MOST_FILES = 20;

const files = readdirSync('src', { encoding: 'utf8', recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).split(sep).join('/'))
  .toSorted();

interface Import {
  readonly from: string;
  readonly to: string;
}

/** What stands before the path of a module: the formatter writes it in one way. */
const IMPORT = /(?:\bfrom |\bimport |\bimport\(\s*)'(\.{1,2}\/[^']+)'/g;

/** Every import of one of our files by another: of types too, and those that wait (`import()`). */
const imports: readonly Import[] = files
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(IMPORT)].map(([, path = '']) => ({
      from,
      to: join(dirname(from), path).split(sep).join('/'),
    })),
  );

test('every import of ours resolves to a file, so that none is overlooked', () => {
  const known = new Set(files);
  expect(imports.length).toBeGreaterThan(2_000);
  expect(imports.filter(({ to }) => !known.has(to)).map(shown)).toEqual([]);
});

test('a folder holds at most 20 files', () => {
  const folders = Map.groupBy(files, (file) => dirname(file));
  const crowded = [...folders].filter(([, inside]) => inside.length > MOST_FILES);
  expect(crowded.map(([folder, inside]) => `${folder}: ${inside.length}`)).toEqual([]);
});

test('no files import each other in a cycle', () => {
  expect(circles(imports)).toEqual([]);
});

const withFolders = [...new Set(files.map((file) => dirname(dirname(file))))].filter(
  (it) => it !== '.',
);

test.each(withFolders.toSorted())('the folders in %s import each other without a cycle', (root) => {
  expect(circles(betweenFolders(root).filter(({ from, to }) => from && to))).toEqual([]);
});

test.each(['src/core', 'src/hosts', 'src/main', 'src/renderer'])(
  'the files beside the folders in %s are a layer above or below each of them',
  (root) => {
    expect(circles(betweenFolders(root))).toEqual([]);
  },
);

test('the base of the core imports nothing else of the core', () => {
  expect(leading('src/core/base/', (to) => to.startsWith('src/core/'))).toEqual([]);
});

test.each(['src/core/net/', 'src/core/protocol/', 'src/core/storage/'])(
  '%s imports neither connections nor messages',
  (folder) => {
    const above = /^src\/core\/(connections|messages)\//;
    expect(leading(folder, (to) => above.test(to))).toEqual([]);
  },
);

/** What may import what comes behind it, and nothing that comes before. */
const NETWORK = ['listen', 'dial', 'websocket', 'frames', 'scheduling'];

test(`the network is one stack: ${NETWORK.join(', ')}`, () => {
  const layer = (file: string): string => folderIn('src/core/net', file);
  const within = inside('src/core/net');
  const known = [...NETWORK, 'tls'];
  expect(within.filter(({ from }) => !known.includes(layer(from))).map(shown)).toEqual([]);
  const stack = within.filter(({ from, to }) => layer(from) !== 'tls' && layer(to) !== 'tls');
  const height = (file: string): number => NETWORK.indexOf(layer(file));
  expect(stack.filter(({ from, to }) => height(from) > height(to)).map(shown)).toEqual([]);
});

test('TLS is beside that stack: listen and dial import it, and it imports only scheduling', () => {
  const tls = 'src/core/net/tls/';
  const beside = /^src\/core\/net\/(scheduling|tls)\//;
  expect(leading(tls, (to) => to.startsWith('src/core/') && !beside.test(to))).toEqual([]);
  const users = /^src\/core\/net\/(listen|dial|tls)\//;
  expect(imports.filter((it) => it.to.startsWith(tls) && !users.test(it.from)).map(shown)).toEqual(
    [],
  );
});

/** The page's features from the top: each imports those of later rows, none of its own or earlier. */
const FEATURES = [
  ['window'],
  ['sidebar'],
  ['conversation'],
  ['contact'],
  ['settings', 'diagnosis', 'frame-log', 'notifications'],
];

test('features of the page import downward only, and nothing else imports a feature', () => {
  const feature = (file: string): string => folderIn('src/renderer', file);
  const row = (file: string): number =>
    FEATURES.findIndex((names) => names.includes(feature(file)));
  const wrong = inside('src/renderer').filter(({ from, to }) => {
    // The entry file, which lies in none, puts all together.
    if (row(to) < 0 || feature(from) === feature(to) || feature(from) === '') return false;
    return row(from) < 0 || row(from) >= row(to);
  });
  expect(wrong.map(shown)).toEqual([]);
});

/** Imports between the files of a folder and of those inside it. */
function inside(root: string): readonly Import[] {
  return imports.filter(({ from, to }) => from.startsWith(`${root}/`) && to.startsWith(`${root}/`));
}

/** Which folder in `root` imports which; empty stands for the files beside them. */
function betweenFolders(root: string): readonly Import[] {
  return inside(root)
    .map(({ from, to }) => ({ from: folderIn(root, from), to: folderIn(root, to) }))
    .filter(({ from, to }) => from !== to);
}

/** The imports out of a folder, as texts, that lead where `isForbidden` says. */
function leading(folder: string, isForbidden: (to: string) => boolean): readonly string[] {
  return imports
    .filter(({ from, to }) => from.startsWith(folder) && !to.startsWith(folder) && isForbidden(to))
    .map(shown);
}

/** The folder in `root` that a file is in; empty for a file in `root` itself. */
function folderIn(root: string, file: string): string {
  const [folder = ''] = dirname(file)
    .slice(root.length + 1)
    .split('/');
  return folder;
}

function shown({ from, to }: Import): string {
  return `${from} → ${to}`;
}

/** Groups in which each leads to each other: the strongly connected components (Tarjan, 1972). */
function circles(arrows: readonly Import[]): readonly (readonly string[])[] {
  const next = Map.groupBy(arrows, ({ from }) => from);
  const order = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    let low = order.size;
    order.set(node, low);
    open.push(node);
    for (const { to } of next.get(node) ?? []) {
      if (!order.has(to)) low = Math.min(low, visit(to));
      else if (open.includes(to)) low = Math.min(low, order.get(to) ?? low);
    }
    if (low === order.get(node)) {
      const group = open.splice(open.indexOf(node));
      if (group.length > 1) found.push(group.toSorted());
    }
    return low;
  };
  for (const node of next.keys()) if (!order.has(node)) visit(node);
  return found.toSorted();
}
