import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../test/support/browser/chromium.ts';

// `npm run icons` also draws the tray's icons from the app's SVG into a module: small
// enough for that, and so there is no file that a package could lack.

const ROOT = join(import.meta.dirname, '..');
const SVG = join(ROOT, 'src/renderer/icon.svg');
const MODULE = join(ROOT, 'src/main/tray/tray-icon-data.ts');

/** The unread mark, in the coordinates of the SVG: a disc with a ring of nothing around it. */
const MARK = { x: 25, y: 7, r: 6.5, ring: 2 };

/** For a window, in the switcher and the panel of Linux desktops. */
const WINDOW_SIZE = 128;
const COLOUR_SIZES = [16, 20, 24, 32, 48];
/** macOS: points, and the same for its denser screens. */
const TEMPLATE_SIZES = [18, 36];

/**
 * macOS colours a template by itself: only what is opaque counts. So the ground, and lines in its
 * colour, become holes.
 */
function template(svg: string): string {
  const ground = /<rect[^>]*fill="(#[0-9a-f]{6})"/.exec(svg)?.[1];
  if (ground === undefined) throw new Error('The icon has no ground.');
  const shapes = svg
    .replace(/^.*<\/title>/s, '')
    .replace('</svg>', '')
    .replace(/#[0-9a-f]{3,6}/g, (colour) => (colour === ground ? '#000' : '#fff'));
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="3 3 26 26"><title></title>' +
    `<mask id="t">${shapes}</mask><rect width="32" height="32" mask="url(#t)"/></svg>`
  );
}

function marked(svg: string, fill: string, view: { x: number; y: number; scale: number }): string {
  const { x, y, r, ring } = MARK;
  const at = `cx="${view.x + x * view.scale}" cy="${view.y + y * view.scale}"`;
  const mask =
    '<mask id="m"><rect x="-9" y="-9" width="99" height="99" fill="#fff"/>' +
    `<circle ${at} r="${(r + ring) * view.scale}" fill="#000"/></mask><g mask="url(#m)">`;
  const mark = `</g><circle ${at} r="${r * view.scale}" fill="${fill}"/></svg>`;
  return svg.replace('</title>', `</title>${mask}`).replace('</svg>', mark);
}

async function draw(page: Page, svg: string, sizes: readonly number[]): Promise<string[]> {
  const lines: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    const png = await page.screenshot({ omitBackground: true });
    lines.push(`    ${size}: '${png.toString('base64')}',`);
  }
  return lines;
}

const svg = readFileSync(SVG, 'utf8');
const flat = template(svg);
const browser = await launchChromium();
const page = await browser.newPage();
const whole = { x: 0, y: 0, scale: 1 };
const cut = { x: 3, y: 3, scale: 26 / 32 };
const drawn = {
  plain: await draw(page, svg, COLOUR_SIZES),
  unread: await draw(page, marked(svg, '#e5484d', whole), COLOUR_SIZES),
  template: await draw(page, flat, TEMPLATE_SIZES),
  templateUnread: await draw(page, marked(flat, '#000', cut), TEMPLATE_SIZES),
};
const [window = ''] = await draw(page, svg, [WINDOW_SIZE]);
await browser.close();
const groups = Object.entries(drawn).map(
  ([name, lines]) => `  ${name}: {\n${lines.join('\n')}\n  },`,
);
writeFileSync(
  MODULE,
  `// Made by "npm run icons"; not to be changed by hand.

/** The SVG that the icons were drawn from: its SHA-256. */
export const TRAY_ICON_SOURCE = '${createHash('sha256').update(svg).digest('hex')}';

/** PNG, base64, by edge in pixels. \`template\`: black on nothing, for macOS. */
export const TRAY_ICON_DATA = {
${groups.join('\n')}
} as const;

/** PNG, base64, of ${WINDOW_SIZE} pixels: the icon of a window. */
export const WINDOW_ICON =
  ${window
    .trim()
    .replace(/^\d+: /, '')
    .replace(/,$/, ';')}
`,
);
