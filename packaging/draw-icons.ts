import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { icnsOf, icoOf, type Png } from './icon-containers.ts';
import { LINUX_ICON_SIZES } from './makers/linux-icons.ts';

/** The one drawing that all icons are made of; the page shows it too. */
const MARK = join(import.meta.dirname, '../src/renderer/icon.svg');

const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const MAC_SIZES = [32, 64, 128, 256, 512, 1024];

/**
 * How much of the square is left empty at each side. Windows and Linux draw icons to their edge;
 * macOS has a grid, on which the shape of an app is 824 of 1024 wide.
 */
const MARGIN = { edge: 0, mac: 100 / 1024 } as const;

/** All icons, by the names of their files. */
export async function drawIcons(browser: Browser): Promise<ReadonlyMap<string, Buffer>> {
  const page = await browser.newPage();
  const png = async (size: number, margin: number): Promise<Png> => {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block}</style>${framed(size, margin)}`);
    return { size, data: await page.screenshot({ omitBackground: true }) };
  };
  const all = (sizes: readonly number[], margin: number): Promise<Png[]> =>
    sizes.reduce<Promise<Png[]>>(
      async (done, size) => [...(await done), await png(size, margin)],
      Promise.resolve([]),
    );
  const linux = await all(LINUX_ICON_SIZES, MARGIN.edge);
  const windows = await all(WINDOWS_SIZES, MARGIN.edge);
  const mac = await all(MAC_SIZES, MARGIN.mac);
  await page.close();
  return new Map([
    ...linux.map(({ size, data }) => [`${size}.png`, data] as const),
    ['parley.svg', readFileSync(MARK)],
    ['parley.ico', icoOf(windows)],
    ['parley.icns', icnsOf(mac)],
  ]);
}

/** The mark in a square of `size` pixels, `margin` (a part of it) away from each side. */
function framed(size: number, margin: number): string {
  const inset = size * margin;
  const mark = readFileSync(MARK, 'utf8').replace(
    '<svg ',
    `<svg x="${inset}" y="${inset}" width="${size - 2 * inset}" height="${size - 2 * inset}" `,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${mark}</svg>`;
}
