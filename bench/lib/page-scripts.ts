import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launchChromium } from '../../test/support/browser/chromium.ts';
import { startRole } from './start-role.ts';

const RENDERER = join(import.meta.dirname, '../../out/renderer');
const INDEX = join(RENDERER, 'index.html');
const KILOBYTE = 1_000;

/** A script of the built page and what it weighs when it is sent, kilobytes. */
export interface PageScript {
  readonly name: string;
  readonly kilobytes: number;
}

/** The scripts that the page itself names: needed before anything is drawn, in every host. */
export function firstScripts(): readonly PageScript[] {
  if (!existsSync(INDEX)) throw new Error('There is no build. Run "npm run build" first.');
  const html = readFileSync(INDEX, 'utf8');
  const tags = html.matchAll(
    /<(?:script|link rel="modulepreload")[^>]*?(?:src|href)="\.\/([^"]+)"/g,
  );
  return Array.from(tags, ([, path = '']) => weighed(basename(path)));
}

/** The scripts that a real browser has asked the browser host for when the page is at rest. */
export async function browserScripts(): Promise<readonly PageScript[]> {
  const host = await startRole<{ readonly link: string }>({ role: 'web-host.ts', options: {} });
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ locale: 'en-GB' });
      const names = new Set<string>();
      page.on('request', (request) => {
        if (request.resourceType() === 'script') {
          names.add(basename(new URL(request.url()).pathname));
        }
      });
      await page.goto(host.value.link, { waitUntil: 'networkidle' });
      return [...names].map(weighed);
    } finally {
      await browser.close();
    }
  } finally {
    await host.stop();
  }
}

export function weightOf(scripts: readonly PageScript[]): number {
  return scripts.reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

/** Each script is compressed by itself, as a server would. */
function weighed(name: string): PageScript {
  const bytes = readFileSync(join(RENDERER, 'assets', name));
  return { name, kilobytes: gzipSync(bytes, { level: 9 }).length / KILOBYTE };
}
