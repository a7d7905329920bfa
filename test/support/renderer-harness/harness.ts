import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { messagePlugin } from '../../../scripts/message-plugin.ts';
import { galleryPage } from './gallery-page.ts';
import type { ScenarioName } from './scenarios.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/**
 * Which React: the warnings of its development build count as complaints, and times are measured
 * with the one that is released.
 */
export type HarnessMode = 'development' | 'production';

/** The built renderer on a loopback port, shown over a fake core. */
export interface Harness {
  /**
   * Opens the renderer in a page of its own. `complaints` fills with whatever the page's console
   * says is wrong, uncaught errors and violated content security policies included. `probe` is a
   * script that runs after the fake core is there and before the renderer.
   */
  open(
    browser: Browser,
    scenario: ScenarioName,
    options?: BrowserContextOptions,
    probe?: string,
  ): Promise<Shown>;
  /** Where it is served: `gallery` below it shows all states, `?state=…` one of them. */
  readonly url: string;
  close(): Promise<void>;
}

export interface Shown {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
}

const IN_GALLERY = '<script src="/in-gallery.js"></script>';

/** Builds the renderer as a page with its content security policy, and serves it. */
export async function startHarness(mode: HarnessMode = 'development'): Promise<Harness> {
  const out = await mkdtemp(join(tmpdir(), 'parley-renderer-'));
  await buildPage(join(out, 'page'), mode);
  const fake = await buildScript(out, join(import.meta.dirname, 'in-page.ts'));
  const gallery = await buildScript(
    out,
    join(import.meta.dirname, '../renderer-gallery/in-gallery.ts'),
  );
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const answer = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'content-type': TYPES[type] ?? 'text/plain' }).end(body);
    if (path === '/gallery') return void answer('.html', galleryPage());
    if (path === '/in-gallery.js') return void answer('.js', gallery);
    const file = join(out, 'page', path === '/' ? 'index.html' : path);
    try {
      const body = await readFile(file);
      if (path !== '/' || !searchParams.has('state')) answer(extname(file), body);
      else answer('.html', body.toString().replace('<script', `${IN_GALLERY}<script`));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    open: async (browser, scenario, options, probe = '') => {
      const context = await browser.newContext(options);
      await context.addInitScript(
        `globalThis.scenarioName = ${JSON.stringify(scenario)};\n${fake}\n${probe}`,
      );
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') {
          complaints.push(message.text());
        }
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(url);
      return { page, context, complaints };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(out, { recursive: true, force: true });
    },
  };
}

/** A script with all that it imports, for a page. */
async function buildScript(out: string, file: string): Promise<string> {
  const outDir = join(out, basename(file, '.ts'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      minify: false,
      lib: {
        entry: file,
        formats: ['iife'],
        name: 'fake',
        fileName: () => 'fake.js',
      },
    },
  });
  return readFile(join(outDir, 'fake.js'), 'utf8');
}

async function buildPage(outDir: string, mode: HarnessMode): Promise<void> {
  // Vite and the compiler of JSX go by this variable, which the test runner has set to its own.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = mode;
  try {
    await build({
      configFile: false,
      mode,
      logLevel: 'error',
      root: join(ROOT, 'src/renderer'),
      base: './',
      plugins: [react(), messagePlugin()],
      define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
      build: { outDir, emptyOutDir: true },
    });
  } finally {
    process.env['NODE_ENV'] = before;
  }
}
