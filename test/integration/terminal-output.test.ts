import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { BUILT_PARLEY, parley } from '../support/peers/parley-process.ts';
import { onProfile, serveProfile } from '../support/peers/profile-process.ts';
import { smallDisk } from '../support/storage/small-disk.ts';

const FULL = '/dev/full';
const onLinux = process.platform === 'linux' && existsSync(FULL);

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs `parley ARGS` with its output, or only its errors, going to a file or device. */
async function into(
  file: string,
  args: readonly string[],
  which: 'stdout' | 'stderr' = 'stdout',
): Promise<Ended> {
  const fd = openSync(file, 'w');
  const [out, err] = which === 'stdout' ? ([fd, 'pipe'] as const) : (['ignore', fd] as const);
  const child = spawn(process.execPath, [BUILT_PARLEY, ...args], { stdio: ['ignore', out, err] });
  onTestFinished(() => void child.kill('SIGKILL'));
  closeSync(fd);
  const said = child.stderr ? text(child.stderr) : Promise.resolve('');
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stderr: await said };
}

/** Two who have talked; Alice's app runs unless told otherwise. */
async function talked() {
  const [aliceDir, bobDir] = [temporaryFolder(), temporaryFolder()];
  const alice = await serveProfile('Alice', aliceDir);
  const bob = await serveProfile('Bob', bobDir);
  const long = 'x'.repeat(60_000);
  expect((await onProfile(aliceDir, 'send', bob.address, 'Hi Bob', '--wait')).code).toBe(0);
  expect((await onProfile(aliceDir, 'send', 'Bob', long, '--wait')).code).toBe(0);
  return { aliceDir, alice, bob };
}

const NAMED = '❌ Standard output could not be used: the disk is full.\n';

describe.skipIf(!onLinux)('output to a full disk', () => {
  test('is a failure of any command, with the reason', async () => {
    const { aliceDir, bob } = await talked();
    const commands = [
      ['help'],
      ['--version'],
      ['greet', bob.address],
      ['stats', bob.address, '--json'],
      ['send', bob.address, 'Hi'],
      ['doctor', bob.address],
      ...[
        ['send', 'Bob', 'Hi', '--wait'],
        ['history', 'Bob', '--json'],
        ['search', 'Hi'],
        ['contacts'],
        ['id'],
        ['invite', '--json'],
        ['safety', 'Bob'],
        ['export', '-'],
        ['export', join(temporaryFolder(), 'backup.ndjson')],
        ['accept', 'Bob'],
      ].map((args) => [...args, '--data', aliceDir]),
    ];
    const ended = await Promise.all(commands.map((args) => into(FULL, args)));
    for (const [index, { code, stderr }] of ended.entries()) {
      expect([commands[index]?.[0], code]).toEqual([commands[index]?.[0], 12]);
      expect(stderr).toContain(NAMED);
    }
  });

  test('stops a peer that can no longer report what it receives', async () => {
    expect(await into(FULL, ['serve', '--port', '0', '--json'])).toMatchObject({ code: 12 });
  });

  test('is a failure also when a part of it fits', async () => {
    const disk = smallDisk(56);
    if (disk === null) return;
    const { aliceDir } = await talked();
    // The message is longer than what is left: its beginning is written, its end is not.
    const cut = await into(join(disk, 'cut'), ['export', '-', '--data', aliceDir]);
    expect(cut.code).toBe(12);
    expect(cut.stderr).toContain(NAMED);
    expect(readFileSync(join(disk, 'cut')).length).toBeLessThanOrEqual(56 * 1_024);
  });

  test('has its own exit code where the reason cannot be printed', async () => {
    expect((await into(FULL, ['greet', 'no address'], 'stderr')).code).toBe(2);
    expect((await into(FULL, ['help'], 'stderr')).code).toBe(0);
  });
});

test('an export whose last chunk does not fit leaves no file, and fails', async () => {
  const disk = smallDisk(56);
  if (disk === null) return;
  const { aliceDir, alice } = await talked();
  await alice.process.stop();
  const file = join(disk, 'backup.ndjson');
  const ran = await onProfile(aliceDir, 'export', file);
  expect(ran.code).toBe(12);
  expect(ran.stderr).toContain('the disk is full.');
  expect(readdirSync(disk)).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  '141: a closed pipe is silent, and not a success',
  async () => {
    const { aliceDir } = await talked();
    for (const args of [
      ['export', '-'],
      ['history', 'Bob'],
    ]) {
      const ran = parley([...args, '--data', aliceDir]);
      ran.child.stdout.destroy();
      expect(await ran.ended).toEqual({ code: 141, signal: null });
      expect(ran.errorLines).toEqual([]);
    }
    const serving = parley(['serve', '--port', '0', '--json']);
    serving.child.stdout.destroy();
    expect(await serving.ended).toEqual({ code: 141, signal: null });
    expect(serving.errorLines).toEqual([]);
  },
);
