import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import type { ScenarioName } from './scenarios.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built renderer on a loopback port, shown over a fake core. */
export interface Harness {
  /**
   * Opens the renderer in a page of its own. `complaints` fills with whatever the page's console
   * says is wrong, uncaught errors and violated content security policies included.
   */
  open(browser: Browser, scenario: ScenarioName, options?: BrowserContextOptions): Promise<Shown>;
  close(): Promise<void>;
}

export interface Shown {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: readonly string[];
}

/** Builds the renderer as a page with its content security policy, and serves it. */
export async function startHarness(): Promise<Harness> {
  const out = await mkdtemp(join(tmpdir(), 'parley-renderer-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(ROOT, 'src/renderer'),
    base: './',
    plugins: [react()],
    // React's development build: its warnings count as complaints.
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { outDir: join(out, 'page'), emptyOutDir: true },
  });
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(out, 'fake'),
      minify: false,
      lib: {
        entry: join(import.meta.dirname, 'in-page.ts'),
        formats: ['iife'],
        name: 'fake',
        fileName: () => 'fake.js',
      },
    },
  });
  const fake = await readFile(join(out, 'fake/fake.js'), 'utf8');
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = join(out, 'page', path === '/' ? 'index.html' : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    open: async (browser, scenario, options) => {
      const context = await browser.newContext(options);
      await context.addInitScript(
        `globalThis.scenarioName = ${JSON.stringify(scenario)};\n${fake}`,
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
