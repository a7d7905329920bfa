import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { onProfile, serveProfile, transcript } from '../support/profile-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('only the user can reach the running app, and a stop leaves nothing behind', async () => {
  const dataDir = join(temporaryFolder(), 'profile');
  const app = await serveProfile('Alice', dataDir);
  if (process.platform !== 'win32') {
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect(mode(dataDir)).toBe(0o700);
    expect(mode(join(dataDir, 'control.sock'))).toBe(0o600);
    expect(mode(join(dataDir, 'control.json'))).toBe(0o600);
  }
  await app.process.stop();
  const left = readdirSync(dataDir);
  expect(left.filter((name) => name.startsWith('control'))).toEqual([]);
});

test('after a kill, commands and the next app work as if nothing had been there', async () => {
  const dataDir = temporaryFolder();
  const app = await serveProfile('Alice', dataDir);
  const before = (await onProfile(dataDir, 'id')).stdout;
  await app.process.stop('SIGKILL');
  expect(await onProfile(dataDir, 'id')).toMatchObject({ code: 0, stdout: before });
  const next = await serveProfile('Alice', dataDir);
  expect((await onProfile(dataDir, 'id')).stdout).toBe(before);
  await next.process.stop('SIGKILL');
  await serveProfile('Alice', dataDir);
  expect((await onProfile(dataDir, 'id')).stdout).toBe(before);
});

test('commands at the same time on a stopped profile all work, and none undoes another', async () => {
  const dataDir = temporaryFolder();
  await (await serveProfile('Alice', dataDir)).process.stop();
  const address = `127.0.0.1:${await freePort()}`;
  expect((await onProfile(dataDir, 'send', address, 'first')).code).toBe(0);
  const ran = await Promise.all([
    onProfile(dataDir, 'send', address, 'second'),
    onProfile(dataDir, 'send', address, 'third'),
    onProfile(dataDir, 'send', address, 'fourth', '--wait', '--timeout', '1'),
    onProfile(dataDir, 'history', address),
    onProfile(dataDir, 'id'),
    onProfile(dataDir, 'export', '-'),
  ]);
  expect(ran.map(({ code, stderr }) => (code === 0 ? code : `${code} ${stderr}`))).toEqual([
    ...[0, 0, expect.stringMatching(/^13 /), 0, 0, 0],
  ]);
  const bodies = await transcript(dataDir, address);
  expect(bodies.toSorted()).toEqual([
    'me: first [queued]',
    'me: fourth [queued]',
    'me: second [queued]',
    'me: third [queued]',
  ]);
});

test('a command waits for an app that is just starting', async () => {
  const dataDir = temporaryFolder();
  await (await serveProfile('Alice', dataDir)).process.stop();
  const starting = serveProfile('Alice', dataDir);
  const asked = await Promise.all([
    onProfile(dataDir, 'id'),
    onProfile(dataDir, 'contacts'),
    onProfile(dataDir, 'id'),
  ]);
  expect(asked.map(({ code }) => code)).toEqual([0, 0, 0]);
  // It may have met the profile in a command's hands: then it says so and can be started again.
  await starting.catch((error: unknown) => expect(String(error)).toContain('Another copy'));
});

test('a profile in a folder with a very long path works too', async () => {
  const dataDir = join(temporaryFolder(), 'long '.repeat(20), 'é'.repeat(60));
  const app = await serveProfile('Alice', dataDir);
  const running = await onProfile(dataDir, 'id');
  expect(running.code).toBe(0);
  await app.process.stop('SIGKILL');
  expect((await onProfile(dataDir, 'id')).stdout).toBe(running.stdout);
});
