import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { AXE, AXE_PATH } from '../browser/axe.ts';
import { galleryPage } from './gallery-page.ts';

/**
 * Which React: the warnings of its development build count as complaints, and times are measured
 * with the one that is released.
 */
export type HarnessMode = 'development' | 'production';

/** The built renderer on a loopback port. */
export interface HarnessServer {
  /** Its page; `in-page.js` below it is the fake core, `gallery` all states, `?state=…` one of them. */
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const BUILD = join(import.meta.dirname, 'build.ts');
const IN_GALLERY = '<script src="/in-gallery.js"></script>';

/** Serves the renderer with its content security policy; it is built when it is first asked for. */
export async function serveRenderer(mode: HarnessMode): Promise<HarnessServer> {
  const out = await mkdtemp(join(tmpdir(), 'parley-renderer-'));
  let built: Promise<void> | null = null;
  const server = createServer(async (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const answer = (type: string, body: string | Buffer) =>
      response
        .writeHead(200, {
          'content-type': TYPES[type] ?? 'text/plain',
          // It stays as it is while this serves it, so a browser compiles it once and not for each page.
          'cache-control': type === '.html' ? 'no-store' : 'max-age=3600',
        })
        .end(body);
    if (path === '/gallery') return void answer('.html', galleryPage());
    if (path === AXE_PATH) return void answer('.js', AXE);
    built ??= build(out, mode);
    try {
      await built;
      const body = await readFile(join(out, path === '/' ? 'index.html' : path));
      if (path !== '/' || !searchParams.has('state')) answer(extname(path) || '.html', body);
      else answer('.html', body.toString().replace('<script', `${IN_GALLERY}<script`));
    } catch (error) {
      response.writeHead(404).end(String(error));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await built?.catch(() => {});
      await rm(out, { recursive: true, force: true });
    },
  };
}

async function build(out: string, mode: HarnessMode): Promise<void> {
  const env = { ...process.env, NODE_ENV: mode };
  const child = spawn(process.execPath, [BUILD, out, mode], { env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The renderer could not be built.');
}
