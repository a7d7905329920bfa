import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { extractAll } from '@electron/asar';
import { namedIn, reachable } from '../../packaging/app-files.ts';

/** All that may be in app.asar. */
const ALLOWED = [
  /^package\.json$/,
  /^out\/main\/index\.js$/,
  /^out\/main\/chunks\/[\w-]+\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w-]+\.(?:js|css|svg)$/,
];

const ENTRIES = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** The languages of the page; English is part of its first script. */
const CATALOGS = ['ar', 'de', 'es', 'fr', 'ja', 'zh-hans'];

/** Takes an app.asar apart, as Electron would read it. Answers the folder. */
export function extractApp(asar: string, folder: string): string {
  extractAll(asar, folder);
  return folder;
}

/** What is wrong with the app in `folder`; nothing if all of it is there and nothing else. */
export function faultsOfApp(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => !it.isDirectory())
    .map((it) => relative(folder, join(it.parentPath, it.name)));
  const reached = reachable(folder, ENTRIES);
  return [
    ...files
      .filter((file) => !ALLOWED.some((it) => it.test(file)))
      .map((file) => `${file} does not belong in the package`),
    ...ENTRIES.filter((entry) => !files.includes(entry)).map((entry) => `${entry} is missing`),
    ...files
      .filter((file) => file !== 'package.json' && !reached.has(file))
      .map((file) => `nothing uses ${file}`),
    ...files.flatMap((file) =>
      namedIn(folder, file)
        .filter((named) => !existsSync(join(folder, named)))
        .map((named) => `${file} needs ${named}, which is missing`),
    ),
    ...CATALOGS.filter((name) => !files.some((it) => it.includes(`/assets/${name}-`))).map(
      (name) => `the page has no texts in ${name}`,
    ),
    ...faultsOfPackageJson(folder),
  ];
}

function faultsOfPackageJson(folder: string): readonly string[] {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return ['package.json is missing'];
  const shipped = JSON.parse(readFileSync(path, 'utf8'));
  const full = JSON.parse(readFileSync('package.json', 'utf8'));
  const fields = [
    ...['name', 'productName', 'version', 'description', 'author', 'license', 'type', 'main'],
    'desktopName',
  ];
  // Where new versions come from: the app reads them, when the project names any.
  const places = ['homepage', 'repository'];
  return [
    ...fields
      .filter((it) => !shipped[it] || shipped[it] !== full[it])
      .map((it) => `package.json says another ${it}`),
    ...places
      .filter((it) => JSON.stringify(shipped[it]) !== JSON.stringify(full[it]))
      .map((it) => `package.json says another ${it}`),
    ...Object.keys(shipped)
      .filter((it) => !fields.includes(it) && !places.includes(it))
      .map((it) => `package.json still has ${it}`),
  ];
}
