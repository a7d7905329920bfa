import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { runParley } from '../support/peers/parley-process.ts';
import { onProfile, serveProfile, transcript } from '../support/peers/profile-process.ts';

test('only the user can reach the running app, and a stop leaves no files behind', async () => {
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

test('after a kill, commands and the next app work as after a clean stop', async () => {
  const dataDir = temporaryFolder();
  const app = await serveProfile('Alice', dataDir);
  const before = (await onProfile(dataDir, 'id')).stdout;
  await app.process.stop('SIGKILL');
  expect(await onProfile(dataDir, 'id')).toMatchObject({ code: 0, stdout: before });
  const next = await serveProfile('Alice', dataDir);
  expect((await onProfile(dataDir, 'id')).stdout).toBe(before);
  await next.process.stop('SIGKILL');
  await serveProfile('Alice', dataDir);
  if (process.platform !== 'win32') {
    const record = JSON.parse(readFileSync(join(dataDir, 'control.json'), 'utf8')) as object;
    expect(record).toMatchObject({ path: join(dataDir, 'control.sock') });
  }
  expect((await onProfile(dataDir, 'id')).stdout).toBe(before);
});

test('concurrent commands on a stopped profile all succeed, and none undoes another', async () => {
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

test('an app and commands that start together do not block each other', async () => {
  const dataDir = temporaryFolder();
  await (await serveProfile('Alice', dataDir)).process.stop();
  const [app, ...asked] = await Promise.all([
    serveProfile('Alice', dataDir),
    onProfile(dataDir, 'id'),
    onProfile(dataDir, 'contacts'),
    onProfile(dataDir, 'id'),
  ]);
  expect(asked.map(({ code, stderr }) => `${code}${stderr}`)).toEqual([
    '0',
    '0No contacts yet.',
    '0',
  ]);
  expect(app.port).toBeGreaterThan(0);
});

test('the app takes over a profile that a command holds, and the command continues through it', async () => {
  const dataDir = temporaryFolder();
  await (await serveProfile('Alice', dataDir)).process.stop();
  const port = await freePort();
  const waiting = [1, 2].map((count) =>
    onProfile(dataDir, 'send', `127.0.0.1:${port}`, `Hi ${count}`, '--wait'),
  );
  // Until one of them holds the profile, and both have stored their message.
  const held = async () => (await transcript(dataDir, `127.0.0.1:${port}`).catch(() => [])).length;
  while ((await held()) < 2);
  await serveProfile('Alice', dataDir);
  const bob = await serveProfile('Bob', temporaryFolder(), port);
  const done = await Promise.all(waiting);
  expect(done.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(['0', '0']);
  const received = bob.process.lines.filter((line) => line.includes('"received"'));
  expect(received).toHaveLength(2);
});

test('a second app does not start on a profile that is in use', async () => {
  const dataDir = temporaryFolder();
  await serveProfile('Alice', dataDir);
  const second = await runParley(['serve', '--port', '0', '--data', dataDir]);
  expect(second).toMatchObject({ code: 12, stderr: expect.stringContaining('Another copy') });
});

test('a profile in a folder with a very long path works too', async () => {
  const dataDir = join(temporaryFolder(), 'long '.repeat(20), 'é'.repeat(60));
  const app = await serveProfile('Alice', dataDir);
  const running = await onProfile(dataDir, 'id');
  expect(running.code).toBe(0);
  await app.process.stop('SIGKILL');
  expect((await onProfile(dataDir, 'id')).stdout).toBe(running.stdout);
});
