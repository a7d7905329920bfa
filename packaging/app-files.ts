import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** What Electron starts, and what the window loads. */
const ENTRIES = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** The terminal host lies beside the app's own bundle; it needs Node, and is not shipped. */
const TERMINAL = 'out/main/parley.js';

/**
 * The files of the built app that go into a package, as paths relative to the project: all that was
 * built, without source maps and without what only the terminal host needs.
 */
export function appFiles(root: string): ReadonlySet<string> {
  const missing = ENTRIES.filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(', ')}. Run "npm run build".`);
  const ofTheApp = reachable(root, ENTRIES);
  const ofTheTerminal = reachable(root, [TERMINAL]);
  const built = readdirSync(join(root, 'out'), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && !it.name.endsWith('.map'))
    .map((it) => relative(root, join(it.parentPath, it.name)).split(sep).join('/'))
    .filter((path) => ofTheApp.has(path) || !ofTheTerminal.has(path));
  return new Set(['package.json', ...built]);
}

/** Whether a path, `/` first, is one of `files` or a folder above one. */
export function isWanted(files: ReadonlySet<string>, path: string): boolean {
  const wanted = path.split(sep).join('/').replace(/^\/+/, '');
  if (wanted === '' || files.has(wanted)) return true;
  return [...files].some((file) => file.startsWith(`${wanted}/`));
}

/** All files that can be reached from `entries` by the names that stand in them. */
export function reachable(root: string, entries: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = entries.filter((entry) => existsSync(join(root, entry)));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    queue.push(...namedIn(root, path).filter((it) => existsSync(join(root, it))));
  }
  return found;
}

/** The names of other files of the bundle in a file: imports, tags, `url(...)`, preload lists. */
export function namedIn(root: string, path: string): readonly string[] {
  if (!/\.(?:c?js|css|html)$/.test(path)) return [];
  const text = readFileSync(join(root, path), 'utf8');
  const here = dirname(path);
  const beside = [...text.matchAll(/["'`(](\.{1,2}\/[\w./-]+\.(?:c?js|css|svg|png|woff2))["'`)]/g)];
  // Vite's list of what to load ahead is relative to the page.
  const ahead = [...text.matchAll(/["'](assets\/[\w./-]+\.(?:js|css))["']/g)];
  return [
    ...beside.map(([, name = '']) => join(here, name)),
    ...ahead.map(([, name = '']) => join('out/renderer', name)),
  ].map((it) => it.split(sep).join('/'));
}

/** The fields of package.json that the app, Electron and the makers read in a package. */
const SHIPPED_FIELDS = [
  'name',
  'productName',
  'version',
  'description',
  'author',
  'license',
  'type',
  'main',
  'desktopName',
  'homepage',
  'repository',
];

/** package.json as it is shipped. */
export function shippedPackage(full: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(SHIPPED_FIELDS.map((field) => [field, full[field]]));
}
