import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { WebSocket } from 'ws';
import type { ProfileData } from '../../src/core/profile/profile-data.ts';
import { startWebHost, type WebHost } from '../../src/hosts/web/web-host.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { openBridgeSocket, type PageSession } from '../support/browser/web-page.ts';
import { fakeData } from '../support/fake-bridge/fake-profile-data.ts';
import { type FakePeerApp, fakePeerApp } from '../support/peers/fake-peer-app.ts';

/** What lies beside the page and must never be served. */
export const SECRET_FILE = 'this file is not part of the page';

/** A folder with a small page, and with files that are none of it. */
export function rendererFolder(): string {
  const folder = temporaryFolder();
  const renderer = join(folder, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(
    join(renderer, 'index.html'),
    '<!doctype html><html lang="en"><title>Parley</title>',
  );
  writeFileSync(join(renderer, 'assets/app.js'), 'export {};');
  writeFileSync(join(renderer, 'assets/app.css'), 'body {}');
  writeFileSync(join(renderer, 'key.pem'), SECRET_FILE);
  writeFileSync(join(folder, 'secret.txt'), SECRET_FILE);
  symlinkSync(join(folder, 'secret.txt'), join(renderer, 'linked.txt'));
  return renderer;
}

export interface RunningHost extends FakePeerApp {
  readonly host: WebHost;
  readonly origin: string;
  readonly unexpected: unknown[];
  /** Other users of this computer who have tried a link. */
  readonly others: number[];
}

/** Starts a browser host that ends with the running test. */
export async function startHost(
  fake: FakePeerApp = fakePeerApp(),
  data: ProfileData = fakeData(),
): Promise<RunningHost> {
  const unexpected: unknown[] = [];
  const others: number[] = [];
  const host = await startWebHost({
    app: fake.app,
    data,
    rendererDir: rendererFolder(),
    onOtherUser: (user) => others.push(user),
    onUnexpected: (error) => unexpected.push(error),
  });
  onTestFinished(() => host.close());
  return { ...fake, host, origin: `http://${host.host}`, unexpected, others };
}

/** Opens the bridge of a page with this session. */
export async function openSocket(host: WebHost, session: PageSession): Promise<WebSocket> {
  const socket = await openBridgeSocket(host, session);
  if (typeof socket === 'number') throw new Error(`refused: ${socket}`);
  onTestFinished(() => socket.terminate());
  return socket;
}
