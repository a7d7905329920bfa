import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LINUX_ICON_SIZES } from '../../packaging/makers/linux-icons.ts';
import { FILES, PROGRAMS } from './electron-zip.ts';
import { pngSize } from './png.ts';

/** Where a package of a Linux distribution puts the app. */
export const HOME = 'usr/lib/parley';

const ICONS = 'usr/share/icons/hicolor';

/** The files of the app's own folder, without those that only some packages have. */
export const APP_FOLDER = [
  ...FILES.filter((name) => name !== 'LICENSE'),
  ...PROGRAMS.map((name) => (name === 'electron' ? 'parley' : name)),
  'LICENSE.electron.txt',
  'LICENSES.third-party.txt',
  'resources/app.asar',
];

/** What a distribution's package installs beside it. */
const AROUND = [
  'usr/bin/parley',
  'usr/share/applications/parley.desktop',
  'usr/share/doc/parley/copyright',
  ...LINUX_ICON_SIZES.map((size) => `${ICONS}/${size}x${size}/apps/parley.png`),
  `${ICONS}/scalable/apps/parley.svg`,
];

/** What is wrong with the files under `root`. `extra`: what this kind of package may have besides. */
export function faultsOfInstallation(root: string, extra: readonly string[]): readonly string[] {
  const wanted = [...APP_FOLDER.map((name) => `${HOME}/${name}`), ...AROUND, ...extra];
  const files = filesUnder(root, 'usr');
  const faults = difference(files, wanted);
  if (faults.length > 0) return faults;
  return [
    ...files.flatMap((file) => faultsOfMode(root, file)),
    ...LINUX_ICON_SIZES.filter(
      (size) => pngSize(join(root, `${ICONS}/${size}x${size}/apps/parley.png`)) !== size,
    ).map((size) => `the icon for ${size} pixels has another size`),
    ...faultsOfDesktopEntry(readFileSync(join(root, AROUND[1] ?? ''), 'utf8')),
    ...(readlinkSync(join(root, 'usr/bin/parley')) === '../lib/parley/parley'
      ? []
      : ['usr/bin/parley leads elsewhere']),
  ];
}

/** Files that are there and not wanted, or wanted and not there. */
export function difference(files: readonly string[], wanted: readonly string[]): readonly string[] {
  return [
    ...wanted.filter((it) => !files.includes(it)).map((it) => `${it} is missing`),
    ...files.filter((it) => !wanted.includes(it)).map((it) => `${it} does not belong there`),
  ];
}

/** All files and links under a folder, as paths relative to `root`. */
export function filesUnder(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((it) => !it.isDirectory())
    .map((it) => relative(root, join(it.parentPath, it.name)));
}

/** How a file must be marked: what runs may be run, one has the sandbox's right, nothing else. */
function expectedMode(file: string): number {
  if (file.endsWith('/chrome-sandbox')) return 0o4755;
  const runs = /\/(?:parley|chrome_crashpad_handler|lib\w+\.so(?:\.\d+)?)$/.test(file);
  return runs && file.startsWith(HOME) ? 0o755 : 0o644;
}

function faultsOfMode(root: string, file: string): readonly string[] {
  if (file === 'usr/bin/parley') return [];
  const mode = statSync(join(root, file)).mode & 0o7777;
  if (mode === expectedMode(file)) return [];
  return [`${file} has mode ${mode.toString(8)}, not ${expectedMode(file).toString(8)}`];
}

const DESKTOP_ENTRY: Readonly<Record<string, string>> = {
  Type: 'Application',
  Name: 'Parley',
  Exec: 'parley -- %U',
  Icon: 'parley',
  Terminal: 'false',
  Categories: 'Network;InstantMessaging;',
  MimeType: 'x-scheme-handler/parley;',
};
const LANGUAGES = ['ar', 'de', 'es', 'fr', 'ja', 'zh_CN'];

function faultsOfDesktopEntry(text: string): readonly string[] {
  const { desktopName } = JSON.parse(readFileSync('package.json', 'utf8'));
  // Electron names its windows after the desktop entry; by that the desktop finds the icon.
  const wanted = { ...DESKTOP_ENTRY, StartupWMClass: desktopName.replace(/\.desktop$/, '') };
  const lines = text.split('\n');
  return [
    ...Object.entries(wanted)
      .filter(([key, value]) => !lines.includes(`${key}=${value}`))
      .map(([key]) => `the desktop entry says another ${key}`),
    ...['GenericName', 'Comment', 'Keywords'].flatMap((key) =>
      ['', ...LANGUAGES.map((language) => `[${language}]`)]
        .filter((suffix) => !lines.some((line) => line.startsWith(`${key}${suffix}=`)))
        .map((suffix) => `the desktop entry has no ${key}${suffix}`),
    ),
  ];
}
