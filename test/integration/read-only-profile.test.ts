import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { onProfile, serveProfile } from '../support/peers/profile-process.ts';
import { writeProtected } from '../support/storage/write-protected.ts';

test('a read-only profile works with every command that only reads', async () => {
  const [aliceDir, bobDir] = [temporaryFolder(), temporaryFolder()];
  const bob = await serveProfile('Bob', bobDir);
  const alice = await serveProfile('Alice', aliceDir);
  expect((await onProfile(aliceDir, 'send', bob.address, 'Hi Bob', '--wait')).code).toBe(0);
  await alice.process.stop();
  const commands = [
    ['history', 'Bob'],
    ['history', 'Bob', '--json'],
    ['search', 'hi'],
    ['contacts', '--json'],
    ['export', '-'],
  ];
  const answers = async (dataDir: string) => {
    const ran = [];
    for (const args of commands) ran.push(await onProfile(dataDir, ...args));
    // An export says when it was made.
    return ran.map((it) => ({ ...it, stdout: it.stdout.replace(/"exportedAt":"[^"]+"/, '') }));
  };
  const before = await answers(aliceDir);
  expect(before.map(({ code }) => code)).toEqual(commands.map(() => 0));
  const { dataDir, lift } = writeProtected(aliceDir);
  const files = readdirSync(dataDir);
  try {
    expect(await answers(dataDir)).toEqual(before);
    const sent = await onProfile(dataDir, 'send', 'Bob', 'Hi again', '--wait');
    expect(sent.code).toBe(12);
    expect(readdirSync(dataDir)).toEqual(files);
  } finally {
    lift();
  }
});
