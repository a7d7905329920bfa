import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawIcons } from '../packaging/draw-icons.ts';
import { launchChromium } from '../test/support/browser/chromium.ts';

// `npm run icons`: draws the icons of all systems anew, from src/renderer/icon.svg. They are
// committed, so that making a package needs no Chromium; a test finds them when they are stale.

const FOLDER = join(import.meta.dirname, '../packaging/icons');
mkdirSync(FOLDER, { recursive: true });
const browser = await launchChromium();
try {
  const icons = await drawIcons(browser);
  for (const [name, data] of icons) writeFileSync(join(FOLDER, name), data);
  console.log(`${icons.size} icons in packaging/icons.`);
} finally {
  await browser.close();
}
