import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addedBytes } from '../../test/package/added-bytes.ts';
import { buildPackages } from '../../test/package/build-packages.ts';
import type { Figure, FigureRow } from '../lib/figure.ts';
import { browserScripts, firstScripts, type PageScript, weightOf } from '../lib/page-scripts.ts';
import { summarize } from '../lib/statistics.ts';

const MEGABYTE = 1_000_000;

function scriptRow(
  name: string,
  title: string,
  scripts: () => readonly PageScript[] | Promise<readonly PageScript[]>,
): FigureRow {
  const row = { name, title, against: null, unit: 'kB', goal: 'at-most', target: 150 } as const;
  return {
    ...row,
    take: async (): Promise<Figure> => {
      const found = await scripts();
      return {
        values: [weightOf(found)],
        parts: found.map((it) => ({
          name: it.name.replace(/-[\w-]{8}\.js$/, ''),
          unit: 'kB',
          value: summarize([it.kilobytes]),
        })),
      };
    },
  };
}

const packageSize: FigureRow = {
  name: 'package',
  title: "an installed package without Electron's files, each file by gzip -9",
  against: null,
  unit: 'MB',
  goal: 'at-most',
  target: 2,
  take: async (_plan, folder) => {
    if (process.platform !== 'linux')
      throw new Error('Only Linux makes the package that is measured.');
    const packages = await buildPackages(folder);
    const root = join(folder, 'installed');
    mkdirSync(root);
    execFileSync('dpkg-deb', ['--extract', packages.deb, root]);
    const { deb, rpm, zip, appImage } = packages;
    const files = Object.entries({ deb, rpm, zip, AppImage: appImage });
    return {
      values: [addedBytes(root) / MEGABYTE],
      parts: files.map(([name, path]) => ({
        name: `${name}, made with a stand-in for Electron that weighs nothing`,
        unit: 'MB',
        value: summarize([statSync(path).size / MEGABYTE]),
      })),
    };
  },
};

export const SIZE_ROWS: readonly FigureRow[] = [
  scriptRow(
    'script',
    "the page's JavaScript, gzip: what it loads before it is drawn, in every host",
    firstScripts,
  ),
  scriptRow(
    'script-browser',
    "the page's JavaScript, gzip: all that a browser has loaded when the page is at rest",
    browserScripts,
  ),
  packageSize,
];
