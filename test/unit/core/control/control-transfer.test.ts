import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { connectControl } from '../../../../src/core/control/control-client.ts';
import { remoteApp, remoteTransfer } from '../../../../src/core/control/remote-profile.ts';
import type { Transfer } from '../../../../src/core/profile/transfer.ts';
import { problemOf, raise } from '../../../../src/shared/problems/problem.ts';
import { controlFixture } from '../../../support/peers/control-fixture.ts';

async function fixture(transfer: Partial<Transfer>) {
  const made = await controlFixture({ transfer });
  const connection = await connectControl(made.dataDir);
  if (!connection) throw new Error('no app there');
  onTestFinished(() => connection.close());
  return { ...made, connection, remote: remoteTransfer(connection), app: remoteApp(connection) };
}

const problemCode = (error: unknown) => problemOf(error).code;

async function* chunksOf(chunks: readonly string[]) {
  yield* chunks;
}

async function joined(chunks: AsyncIterable<string>) {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

const chunks = fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 30 });

test('an export arrives whole, whatever it holds', async () => {
  let stored: readonly string[] = [];
  const { remote } = await fixture({ exportAll: () => chunksOf(stored) });
  await fc.assert(
    fc.asyncProperty(chunks, async (sample) => {
      stored = sample;
      expect(await joined(remote.exportAll())).toBe(sample.join(''));
    }),
    { numRuns: 30 },
  );
});

test('an import arrives whole, in chunks or in one', async () => {
  let arrived = '';
  const { remote } = await fixture({
    importAll: async (text) => {
      arrived = await joined(text);
      return { contacts: 1, messages: arrived.length };
    },
  });
  await fc.assert(
    fc.asyncProperty(chunks, async (sample) => {
      const text = sample.join('');
      expect(await remote.importAll(chunksOf(sample))).toEqual({
        contacts: 1,
        messages: text.length,
      });
      expect(arrived).toBe(text);
    }),
    { numRuns: 30 },
  );
  const long = `${'é😀'.repeat(100_000)}x`;
  await remote.importAll(chunksOf([long]));
  expect(arrived === long).toBe(true);
});

test('an export that fails half-way reports why', async () => {
  const { remote } = await fixture({
    exportAll: async function* () {
      yield 'first';
      raise('storage', { reason: 'the disk reported an error.' });
    },
  });
  const error = await joined(remote.exportAll()).catch(problemCode);
  expect(error).toBe('storage');
});

test('an import that fails reports why, though the rest of a long file is still arriving', async () => {
  const { remote, app } = await fixture({
    importAll: async (text) => {
      for await (const _ of text) raise('import-invalid', { line: 3, reason: 'it is no record.' });
      return { contacts: 0, messages: 0 };
    },
  });
  const file = Array.from({ length: 500 }, () => 'x'.repeat(50_000));
  expect(await remote.importAll(chunksOf(file)).catch(problemCode)).toBe('import-invalid');
  expect((await app.snapshot({})).self.name).toBe('Alice');
});

test('a file that cannot be read ends the import at the last line read', async () => {
  const arrived = Promise.withResolvers<unknown>();
  const { remote } = await fixture({
    importAll: async (text) => {
      arrived.resolve(await joined(text));
      return { contacts: 0, messages: 0 };
    },
  });
  const broken = async function* () {
    yield 'first';
    raise('file-unusable', { file: 'x', reason: 'the disk reported an error.' });
  };
  expect(await remote.importAll(broken()).catch(problemCode)).toBe('file-unusable');
  expect(await arrived.promise).toBe('first');
});

test('an export is read no further ahead than its reader, and ends with it', async () => {
  let made = 0;
  const ended = Promise.withResolvers<void>();
  const { remote } = await fixture({
    exportAll: async function* () {
      try {
        for (;;) {
          made += 1;
          yield 'x'.repeat(64 * 1024);
        }
      } finally {
        ended.resolve();
      }
    },
  });
  for await (const chunk of remote.exportAll()) {
    expect(chunk).toHaveLength(64 * 1024);
    break;
  }
  await ended.promise;
  expect(made).toBeLessThan(100);
});

test('pending requests end when the app stops', async () => {
  const { app, control, connection, remote } = await fixture({
    exportAll: async function* () {
      yield 'first';
      await new Promise(() => {});
    },
  });
  await app.snapshot({});
  const exported = joined(remote.exportAll()).catch(problemCode);
  const lost = new Promise((resolve) => {
    connection.lost.addEventListener('abort', () =>
      resolve(problemOf(connection.lost.reason).code),
    );
  });
  for await (const _ of remote.exportAll()) break;
  await control.close();
  expect(await lost).toBe('app-gone');
  expect(await exported).toBe('app-gone');
  expect(await app.snapshot({}).catch(problemCode)).toBe('app-gone');
});

test('the endpoint closes although a client does not read', async () => {
  const { control, connection, publish } = await fixture({});
  const stream = await connection.stream();
  stream.socket.pause();
  stream.socket.write('{"id":0,"do":"subscribe","afterSeq":0}\n');
  const heard = Promise.withResolvers<void>();
  connection.subscribe(0, () => heard.resolve());
  for (let count = 0; count < 20; count += 1) {
    publish({ type: 'conversation-removed', contactId: 'x'.repeat(200_000), mergedInto: null });
  }
  await heard.promise;
  await control.close();
});
