import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { electronVersion, fusesAsReleased } from './electron-zip.ts';

// Electron for macOS, played as in electron-zip.ts: as much of it as the packager reads and changes.
// No disk image is made from it here; what is looked at is the packaged app.

const HELPERS = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map((kind) => `Electron Helper${kind}`);

/** Makes a zip of Electron for macOS, for Intel. Answers the folder that holds it. */
export function makeMacZip(folder: string): string {
  const contents = 'Electron.app/Contents';
  const bundles = HELPERS.map((name) => [`${contents}/Frameworks/${name}.app/Contents`, name]);
  const files = Object.fromEntries(
    [[contents, 'Electron'], ...bundles].flatMap(([place, name]) => [
      [`${place}/Info.plist`, infoPlist(name ?? '')],
      [`${place}/MacOS/${name}`, 'Stands in for a program.\n'],
    ]),
  );
  return zipOf(folder, {
    ...files,
    [`${contents}/Frameworks/Electron Framework.framework/Electron Framework`]: fusesAsReleased(),
    [`${contents}/Resources/electron.icns`]: 'Electron’s own icon.\n',
    [`${contents}/Resources/default_app.asar`]: '',
    [`${contents}/Resources/de.lproj/locale.pak`]: '',
    LICENSE: 'Electron’s licence.\n',
    'LICENSES.chromium.html': 'Chromium’s licences.\n',
    version: electronVersion(),
  });
}

function zipOf(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  const tree = join(folder, 'mac');
  const zips = join(folder, 'mac-zips');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true });
    writeFileSync(join(tree, name), content);
  }
  mkdirSync(zips, { recursive: true });
  const zip = join(zips, `electron-v${electronVersion()}-darwin-x64.zip`);
  execFileSync('zip', ['-q', '-r', zip, '.'], { cwd: tree });
  return zips;
}

function infoPlist(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIconFile</key><string>electron.icns</string>
<key>CFBundleIdentifier</key><string>com.github.Electron</string>
<key>CFBundleName</key><string>${name}</string>
</dict></plist>
`;
}
