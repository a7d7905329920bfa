import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectControl } from '../../../../src/core/control/control-client.ts';
import {
  RECORD_FILE,
  readRecord,
  SOCKET_FILE,
  thisSystem,
  writeRecord,
} from '../../../../src/core/control/socket-path.ts';
import { temporaryFolder } from '../../../support/basics/temporary-folder.ts';
import { controlFixture } from '../../../support/peers/control-fixture.ts';

const hasModes = process.platform !== 'win32';
const mode = (path: string) => statSync(path).mode & 0o777;

async function connected(dataDir: string) {
  const connection = await connectControl(dataDir);
  if (connection) onTestFinished(() => connection.close());
  return connection;
}

test('only the user can open the socket or read the secret', async () => {
  const { dataDir } = await controlFixture();
  expect(await connected(dataDir)).not.toBeNull();
  if (!hasModes) return;
  expect(mode(join(dataDir, SOCKET_FILE))).toBe(0o600);
  expect(mode(join(dataDir, RECORD_FILE))).toBe(0o600);
});

test('nothing is left in the folder after a clean stop', async () => {
  const { dataDir, control } = await controlFixture();
  await control.close();
  expect(readdirSync(dataDir)).toEqual([]);
  expect(await connectControl(dataDir)).toBeNull();
});

test('a profile whose path is too long for a socket gets a short one elsewhere', async () => {
  const dataDir = join(temporaryFolder(), 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(dataDir, { recursive: true });
  const temporary = temporaryFolder();
  const system = { ...thisSystem, env: {}, temporary };
  const { control } = await controlFixture({ dataDir, system });
  expect(await connected(dataDir)).not.toBeNull();
  if (!hasModes) return;
  const path = (await readRecord(dataDir))?.path ?? '';
  expect(dirname(dirname(path))).toBe(temporary);
  expect(mode(dirname(path))).toBe(0o700);
  await control.close();
  expect(readdirSync(temporary)).toEqual([]);
});

test('what a killed process left behind is replaced', async () => {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, SOCKET_FILE), 'no socket at all');
  await writeRecord(dataDir, join(dataDir, SOCKET_FILE));
  expect(await connectControl(dataDir)).toBeNull();
  await controlFixture({ dataDir });
  expect(await connected(dataDir)).not.toBeNull();
});

test('the short socket path of a killed process is removed by the next one', async () => {
  if (!hasModes) return;
  const dataDir = temporaryFolder();
  const short = join(temporaryFolder(), 'parley-abcdef');
  mkdirSync(short);
  writeFileSync(join(short, SOCKET_FILE), '');
  await writeRecord(dataDir, join(short, SOCKET_FILE));
  await controlFixture({ dataDir });
  expect(existsSync(short)).toBe(false);
});

test.each(['not JSON', '{}', '{"path":1}', '{"path":"/x","secret":"short","folder":"/"}', ''])(
  'a record that holds %j is not followed and is replaced',
  async (text) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, RECORD_FILE), text);
    expect(await connectControl(dataDir)).toBeNull();
    await controlFixture({ dataDir });
    expect(await connected(dataDir)).not.toBeNull();
  },
);

test('a copied profile neither connects to the app of the original nor harms it', async () => {
  const { dataDir } = await controlFixture();
  const copy = temporaryFolder();
  await cp(join(dataDir, RECORD_FILE), join(copy, RECORD_FILE));
  expect(await connectControl(copy)).toBeNull();
  await controlFixture({ dataDir: copy });
  expect(await connected(dataDir)).not.toBeNull();
  expect(await connected(copy)).not.toBeNull();
});

test('an impostor on the socket that does not know the secret is sent nothing', async () => {
  const dataDir = temporaryFolder();
  const heard: string[] = [];
  const impostor = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      heard.push(data.toString());
      socket.write(
        `${JSON.stringify({ parley: 1, nonce: 'b'.repeat(32), proof: 'c'.repeat(64), lasting: true })}\n`,
      );
    });
  });
  const path = hasModes
    ? join(dataDir, SOCKET_FILE)
    : `\\\\.\\pipe\\parley-${basename(temporaryFolder())}`;
  await new Promise<void>((resolve) => impostor.listen(path, resolve));
  onTestFinished(() => void impostor.close());
  await writeRecord(dataDir, path);
  expect(await connectControl(dataDir)).toBeNull();
  expect(heard).toHaveLength(1);
  expect(Object.keys(JSON.parse(heard[0] ?? '{}'))).toEqual(['parley', 'nonce']);
});
