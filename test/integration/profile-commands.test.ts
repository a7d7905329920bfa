import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { IDENTITY_FILE, SEALED_MARK } from '../../src/core/identity/identity-file.ts';
import type { Diagnosis } from '../../src/shared/model/diagnosis.ts';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { runParley } from '../support/peers/parley-process.ts';
import { onProfile, serveProfile, transcript } from '../support/peers/profile-process.ts';

const NASTY = '\u001b]0;owned\u0007\u009b2J\u202eHi\r\n❌ All is lost';

/** Alice and Bob have talked; Alice's app runs. */
async function talked() {
  const [aliceDir, bobDir] = [temporaryFolder(), temporaryFolder()];
  const alice = await serveProfile('Alice', aliceDir, await freePort());
  const bob = await serveProfile('Bob', bobDir);
  expect((await onProfile(aliceDir, 'send', bob.address, 'Hi Bob', '--wait')).code).toBe(0);
  expect((await onProfile(bobDir, 'send', 'Alice', 'Hi Alice', '--wait')).code).toBe(0);
  expect((await onProfile(bobDir, 'send', 'Alice', NASTY, '--wait')).code).toBe(0);
  return { aliceDir, bobDir, alice, bob };
}

test('every command answers alike through the running app and on the stopped profile', async () => {
  const { aliceDir, alice } = await talked();
  const commands = [
    ['history', 'Bob'],
    ['history', 'bob', '--json', '--limit', '2'],
    ['history', 'Bob', '--json', '--before', '2'],
    ['contacts', '--json'],
    ['search', 'hi'],
    ['search', 'alice', '--in', 'Bob', '--json'],
    ['search', 'nowhere'],
    ['search', 'nowhere', '--json'],
    ['id'],
    ['id', '--json'],
    ['invite'],
    ['invite', '--json'],
    ['safety', 'Bob'],
    ['safety', 'Bob', '--json'],
    ['export', '-'],
    ['block', 'Bob'],
    ['unblock', 'Bob'],
    ['accept', 'Bob'],
    ['history', 'nobody'],
    ['send', 'nobody', 'Hi', '--wait'],
  ];
  const answers = async () => {
    const ran = [];
    for (const command of commands) {
      const { code, stdout, stderr } = await onProfile(aliceDir, ...command);
      const same = stdout
        .replace(/"presence":"\w+"/g, '"presence":"any"')
        .replace(/"exportedAt":"[^"]+"/, '"exportedAt":"any"');
      ran.push({ command, code, stdout: same, stderr });
    }
    return ran;
  };
  const running = await answers();
  await alice.process.stop();
  const stopped = await answers();
  expect(stopped).toEqual(running);
  expect(running.map(({ code }) => code)).toEqual([...Array(18).fill(0), 2, 2]);
});

test('each command prints its documented output', async () => {
  const { aliceDir, bobDir, alice, bob } = await talked();
  const history = await onProfile(aliceDir, 'history', 'Bob');
  const time = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
  expect(history.stdout).toMatch(
    new RegExp(
      `^${time}  You: Hi Bob\n${time}  Bob: Hi Alice\n${time}  Bob: \\\\u001b\\]0;owned\\\\u0007\\\\u009b2J\\\\u202eHi\n {3}❌ All is lost$`,
    ),
  );
  const [first] = (await onProfile(aliceDir, 'history', 'Bob', '--json')).stdout.split('\n');
  expect(JSON.parse(first ?? '')).toEqual({
    id: expect.any(String),
    contact: expect.any(String),
    author: 'me',
    body: 'Hi Bob',
    state: expect.stringMatching(/^(delivered|read)$/),
    sentAt: expect.any(Number),
    seq: 1,
    replyTo: null,
    problem: null,
  });
  const contacts = await onProfile(aliceDir, 'contacts', '--json');
  expect(JSON.parse(contacts.stdout)).toMatchObject({
    name: 'Bob',
    identity: bob.identity,
    addresses: [bob.address],
    trust: 'first-use',
    policy: 'accepted',
    presence: 'online',
  });
  expect((await onProfile(aliceDir, 'search', 'hi')).stdout).toMatch(
    new RegExp(`^${time}  Bob: .*\n${time}  Bob: Hi Alice\n${time}  You to Bob: Hi Bob$`),
  );
  // A person is told that there is nothing; a program reads nothing.
  expect(await onProfile(aliceDir, 'search', 'nowhere')).toMatchObject({
    code: 0,
    stdout: '',
    stderr: 'No message was found.',
  });
  expect(await onProfile(aliceDir, 'search', 'nowhere', '--json')).toMatchObject({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect((await onProfile(aliceDir, 'invite')).stdout).toBe(
    `parley://${alice.address}/#${alice.identity}`,
  );
  const numbers = await Promise.all([
    onProfile(aliceDir, 'safety', 'Bob'),
    onProfile(bobDir, 'safety', 'Alice'),
  ]);
  expect(numbers[0]?.stdout).toMatch(/^(\d{5} ){11}\d{5}$/);
  expect(numbers[1]?.stdout).toBe(numbers[0]?.stdout);
});

test('a printed invite leads to the right identity', async () => {
  const { aliceDir, alice } = await talked();
  const invite = (await onProfile(aliceDir, 'invite')).stdout;
  const carolDir = temporaryFolder();
  await (await serveProfile('Carol', carolDir)).process.stop();
  expect((await onProfile(carolDir, 'send', invite, 'Hi', '--wait')).code).toBe(0);
  const contact = JSON.parse((await onProfile(carolDir, 'contacts', '--json')).stdout) as object;
  expect(contact).toMatchObject({ name: 'Alice', identity: alice.identity, trust: 'invite' });
});

test('the doctor uses the profile’s contacts, and asks the running app', async () => {
  const { aliceDir, alice, bob } = await talked();
  const examine = async () => {
    const ran = await onProfile(aliceDir, 'doctor', bob.address, '--json');
    const { connected, findings } = JSON.parse(ran.stdout) as Diagnosis;
    const identity = findings.find(({ layer }) => layer === 'identity')?.detail;
    return { code: ran.code, connected, identity };
  };
  expect(await examine()).toEqual({
    code: 0,
    connected: { name: 'Bob', calledBy: expect.stringMatching(/^(us|them)$/) },
    identity: 'This is Bob, as known at this address.',
  });
  expect((await onProfile(aliceDir, 'doctor', bob.address)).stdout).toMatch(
    /\nBob is connected right now: (their|your) copy has called (yours|theirs)\.$/,
  );
  await alice.process.stop();
  // The app is gone, and with it the connection; the contact is known all the same.
  expect(await examine()).toMatchObject({
    code: 0,
    connected: null,
    identity: 'This is Bob, as known at this address.',
  });
  const stranger = await runParley(['doctor', bob.address]);
  expect(stranger.stdout).toContain('No profile was looked into, so nobody is known here.');
  expect(stranger.stdout).not.toMatch(/first meeting|nobody is known by/i);
});

test('the doctor resolves a contact to the address dialled first, with and without the app', async () => {
  const { aliceDir, alice, bob } = await talked();
  const examined = async (...args: readonly string[]) => {
    const ran = await onProfile(aliceDir, 'doctor', ...args, '--json');
    return { code: ran.code, address: (JSON.parse(ran.stdout) as Diagnosis).address };
  };
  const found = { code: 0, address: bob.address };
  expect(await examined('bob')).toEqual(found);
  expect(await examined(bob.identity)).toEqual(found);
  await alice.process.stop();
  expect(await examined('Bob')).toEqual(found);
  // Nobody is called so: it may be a computer.
  expect(await examined('bob.invalid')).toEqual({ code: 7, address: 'bob.invalid:8080' });
});

test('the doctor without a profile says where contact names are known', async () => {
  const ran = await runParley(['doctor', 'No Such Host']);
  expect(ran.code).not.toBe(0);
  expect(ran.stdout).toMatch(/add --profile NAME\.$/);
});

test('no message can be written to a blocked contact until it is unblocked', async () => {
  const { aliceDir } = await talked();
  expect((await onProfile(aliceDir, 'block', 'Bob')).stdout).toBe('Blocked Bob.');
  const refused = await onProfile(aliceDir, 'send', 'Bob', 'Hi', '--wait');
  expect(refused).toMatchObject({
    code: 8,
    stderr: expect.stringContaining('You have blocked Bob'),
  });
  expect((await onProfile(aliceDir, 'unblock', 'Bob')).stdout).toBe('Unblocked Bob.');
  expect((await onProfile(aliceDir, 'send', 'Bob', 'Hi again', '--wait')).code).toBe(0);
});

describe('a profile that', () => {
  test('does not exist is not created by a mistyped name', async () => {
    const dataDir = join(temporaryFolder(), 'nowhere');
    for (const command of [['history', 'Bob'], ['id'], ['send', 'Bob', 'Hi', '--wait']]) {
      const ran = await onProfile(dataDir, ...command);
      expect(ran).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('There is no profile'),
      });
    }
    expect(statSync(dataDir, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('has a key sealed by the desktop app is refused with a next step', async () => {
    const { aliceDir, alice } = await talked();
    await alice.process.stop();
    writeFileSync(join(aliceDir, IDENTITY_FILE), `${SEALED_MARK}locked away`);
    const ran = await onProfile(aliceDir, 'history', 'Bob');
    expect(ran).toMatchObject({ code: 12, stderr: expect.stringContaining('Start the app') });
  });
});

test.each([
  [['history', 'Bob', '--limit', '0'], '--limit takes a number'],
  [['history', 'Bob', '--before', 'x'], '--before takes a whole number'],
  [['history'], 'CONTACT is missing'],
  [['id', '--profile', '../x'], 'is not a profile name'],
  [['serve', '--reach', 'world'], '--reach takes "computer" or "network"'],
  [['serve', '--open-contract', 'yes'], '--open-contract takes'],
  [['serve', '--host', '127.0.0.1', '--reach', 'network'], 'Give --host or --reach'],
])('bad usage %j', async (args, reason) => {
  const ran = await runParley(args);
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(reason) });
});

describe('an export', () => {
  test('made while messages arrive is a consistent snapshot, and an empty profile imports all of it', async () => {
    const aliceDir = temporaryFolder();
    const alice = await serveProfile('Alice', aliceDir);
    const bob = await serveProfile('Bob', temporaryFolder(), 0, ['--peer', alice.address]);
    await alice.process.line(/"body":"Hi Alice!"/);
    let exporting = true;
    const typing = (async () => {
      for (let count = 0; exporting; count += 1) {
        bob.process.type(`line ${count}`);
        await setTimeout(1);
      }
    })();
    await alice.process.line(/"body":"line 20"/);
    const file = join(temporaryFolder(), 'all.ndjson');
    const exported = await onProfile(aliceDir, 'export', file);
    exporting = false;
    await typing;
    expect(exported).toMatchObject({ code: 0, stdout: `Exported to ${file}.` });
    const freshDir = join(temporaryFolder(), 'fresh');
    const imported = await onProfile(freshDir, 'import', file, '--json');
    const lines = readFileSync(file, 'utf8').split('\n');
    const bodies = lines
      .filter((line) => line.startsWith('{"type":"message"'))
      .map((line) => (JSON.parse(line) as { message: { body: string } }).message.body);
    const streamed = bodies.filter((body) => body.startsWith('line '));
    expect(streamed.length).toBeGreaterThan(20);
    expect(streamed).toEqual(streamed.map((_, index) => `line ${index}`));
    const { contacts, messages } = JSON.parse(imported.stdout) as Record<string, number>;
    expect({ contacts: contacts ?? 0, messages }).toMatchObject({ messages: bodies.length });
    const again = (await onProfile(freshDir, 'export', '-')).stdout.split('\n');
    expect(again.slice(1)).toEqual(lines.slice(1, -1));
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const twice = await onProfile(freshDir, 'import', file);
    expect(twice.stdout).toBe('Imported 0 contacts and 0 messages.');
  });

  test('can be piped into the running app of another profile', async () => {
    const { aliceDir } = await talked();
    const text = (await onProfile(aliceDir, 'export', '-')).stdout;
    const carolDir = temporaryFolder();
    await serveProfile('Carol', carolDir);
    const ran = await runParley(['import', '-', '--data', carolDir], `${text}\n`);
    expect(ran).toMatchObject({ code: 0, stdout: 'Imported 1 contact and 3 messages.' });
    expect(await transcript(carolDir, 'Bob')).toHaveLength(3);
  });

  test('that is truncated is imported up to the cut, and that is reported', async () => {
    const { aliceDir, alice } = await talked();
    const text = (await onProfile(aliceDir, 'export', '-')).stdout;
    await alice.process.stop();
    const cut = `${text.split('\n').slice(0, 5).join('\n')}\n`;
    for (const running of [false, true]) {
      const carolDir = temporaryFolder();
      if (running) await serveProfile('Carol', carolDir);
      const ran = await runParley(['import', '-', '--data', carolDir], cut);
      expect(ran).toMatchObject({ code: 12, stderr: expect.stringContaining('ends early') });
      expect(await transcript(carolDir, 'Bob')).toHaveLength(1);
    }
  });

  test.each([
    ['export', 'no/such/folder/x', 'there is no such file or folder'],
    ['import', 'no/such/file', 'there is no such file or folder'],
    ['export', '.', 'could not be used'],
  ])('%s to or from %s gives the reason', async (command, file, reason) => {
    const { aliceDir } = await talked();
    const ran = await onProfile(aliceDir, command, file);
    expect(ran).toMatchObject({ code: 12, stderr: expect.stringContaining(reason) });
  });
});
