import { expect, onTestFinished, test } from 'vitest';
import { removePlace } from '../../src/core/control/socket-path.ts';
import { startNodePeer } from '../../src/core/node-peer.ts';
import { openProfile, type Profile } from '../../src/core/open-profile.ts';
import { problemOf } from '../../src/shared/problems/problem.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';

const options = (dataDir: string) => ({
  dataDir,
  create: true,
  defaultName: 'Alice',
  onUnexpected: (error: unknown) => expect.fail(String(error)),
  start: startNodePeer,
});

async function opened(dataDir: string): Promise<Profile> {
  const profile = await openProfile(options(dataDir));
  onTestFinished(() => profile.close(AbortSignal.abort()));
  return profile;
}

const settled = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);

test('the first command on a stopped profile stays until the others that share it are done', async () => {
  const dataDir = temporaryFolder();
  const first = await opened(dataDir);
  const second = await opened(dataDir);
  expect(first.isApp || second.isApp).toBe(false);
  const closed = first.close();
  for (let turn = 0; turn < 50; turn += 1) expect(await settled(closed)).toBe(false);
  expect((await second.app.snapshot({})).self.name).toBe('Alice');
  await second.close();
  await closed;
});

test('it does not stay when its user is in a hurry; the others get an error', async () => {
  const dataDir = temporaryFolder();
  const first = await opened(dataDir);
  const second = await opened(dataDir);
  await second.app.snapshot({});
  await first.close(AbortSignal.abort());
  const asked = second.app.snapshot({});
  expect(await asked.catch((error: unknown) => problemOf(error).code)).toBe('app-gone');
  expect(second.lost.aborted).toBe(true);
  expect((await (await opened(dataDir)).app.snapshot({})).self.name).toBe('Alice');
});

test('a command on a stopped profile opens no port and stores no settings', async () => {
  const dataDir = temporaryFolder();
  const profile = await opened(dataDir);
  const { self } = await profile.app.snapshot({});
  expect(self.listening).toBeNull();
  expect(self.addresses).toEqual([{ address: '127.0.0.1:8080', kind: 'this-computer' }]);
  let text = '';
  for await (const chunk of profile.transfer.exportAll()) text += chunk;
  expect(text).not.toContain('"settings"');
});

test('the app takes over: the command is notified, and finds the app when it reopens the profile', async () => {
  const dataDir = temporaryFolder();
  const command = await opened(dataDir);
  const starting = startNodePeer({ ...options(dataDir), port: 0 });
  await new Promise((resolve) => command.lost.addEventListener('abort', resolve));
  expect(problemOf(command.lost.reason).code).toBe('app-gone');
  const [, again] = await Promise.all([command.close(), opened(dataDir)]);
  const app = await starting;
  expect(again.isApp).toBe(true);
  await again.close();
  await app.stop();
});

test('a profile held by an app without an endpoint is waited for, up to a timeout', async () => {
  const dataDir = temporaryFolder();
  const held = await opened(dataDir);
  // As if its endpoint could not be made.
  await removePlace(dataDir);
  const second = openProfile({ ...options(dataDir), timeoutMs: 200 });
  expect(await second.catch((error: unknown) => problemOf(error).code)).toBe('profile-in-use');
  await held.close();
});
