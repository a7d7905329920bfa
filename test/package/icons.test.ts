import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawIcons } from '../../packaging/draw-icons.ts';
import { ICNS_TYPES } from '../../packaging/icon-containers.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { pngSize } from './png.ts';

const ICONS = join(import.meta.dirname, '../../packaging/icons');

/** How far a channel of a pixel may be off, of 255: Chromiums smooth edges a little differently. */
const TOLERANCE = 40;

function committed(name: string): Buffer {
  return readFileSync(join(ICONS, name));
}

/** The PNGs in a Windows icon, with the width that its directory says. */
function inIco(data: Buffer): readonly (readonly [width: number, png: Buffer])[] {
  return Array.from({ length: data.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const offset = data.readUInt32LE(at + 12);
    const png = data.subarray(offset, offset + data.readUInt32LE(at + 8));
    return [data.readUInt8(at) || 256, png] as const;
  });
}

/** The PNGs in an Apple icon, by type. */
function inIcns(data: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < data.length; at += data.readUInt32BE(at + 4)) {
    const type = data.toString('latin1', at, at + 4);
    found.set(type, data.subarray(at + 8, at + data.readUInt32BE(at + 4)));
  }
  return found;
}

describe('the icons', () => {
  let browser: Browser;
  let drawn: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    browser = await launchChromium();
    drawn = await drawIcons(browser);
  });
  afterAll(() => browser.close());

  /** The largest difference of a channel between two PNGs. */
  const worst = async (one: Buffer, other: Buffer): Promise<number> => {
    const page = await browser.newPage();
    const urls = [one, other].map((it) => `data:image/png;base64,${it.toString('base64')}`);
    // As text: what runs in the page knows other types than the tests do.
    const difference = await page.evaluate(`(async () => {
      const pixels = async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(0, 0, image.width, image.height).data;
      };
      const [one, other] = await Promise.all(${JSON.stringify(urls)}.map(pixels));
      if (one.length !== other.length) return 255;
      return one.reduce((most, value, index) => Math.max(most, Math.abs(value - other[index])), 0);
    })()`);
    await page.close();
    return Number(difference);
  };

  test('match the current drawing (npm run icons)', async () => {
    for (const [name, data] of drawn) {
      if (name.endsWith('.png')) {
        expect(pngSize(committed(name)), name).toBe(Number.parseInt(name, 10));
        expect(await worst(committed(name), data), name).toBeLessThan(TOLERANCE);
      }
    }
    expect(committed('parley.svg')).toEqual(readFileSync('src/renderer/icon.svg'));
  });

  test('are all in the file for Windows, each of its declared size', async () => {
    const now = inIco(drawn.get('parley.ico') ?? Buffer.alloc(6));
    const kept = inIco(committed('parley.ico'));
    expect(kept.map(([width]) => width)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    for (const [index, [width, png]] of kept.entries()) {
      expect(pngSize(png)).toBe(width);
      expect(await worst(png, now[index]?.[1] ?? png.subarray(0, 0))).toBeLessThan(TOLERANCE);
    }
  });

  test('are all in the file for macOS, with the margin of its grid', async () => {
    const data = committed('parley.icns');
    expect(data.toString('latin1', 0, 4)).toBe('icns');
    expect(data.readUInt32BE(4)).toBe(data.length);
    const kept = inIcns(data);
    const now = inIcns(drawn.get('parley.icns') ?? Buffer.alloc(8));
    expect([...kept.keys()]).toEqual(ICNS_TYPES.map(([type]) => type));
    for (const [type, width] of ICNS_TYPES) {
      const png = kept.get(type) ?? Buffer.alloc(0);
      expect(pngSize(png), type).toBe(width);
      expect(await worst(png, now.get(type) ?? Buffer.alloc(0)), type).toBeLessThan(TOLERANCE);
    }
  });
});
