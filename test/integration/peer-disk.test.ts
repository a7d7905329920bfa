import { cpSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { problem } from '../../src/shared/problems/problem.ts';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { type ParleyProcess, type Ran, runParley } from '../support/peers/parley-process.ts';
import { RealPeer } from '../support/peers/real-peer.ts';
import { crowdedDisk } from '../support/storage/crowded-disk.ts';
import { watchStatements } from '../support/storage/statements.ts';
import { writeProtected } from '../support/storage/write-protected.ts';

/** The exit code of everything about the data folder, as `parley help` lists it. */
const STORAGE = 12;

const events = (process: ParleyProcess) =>
  process.lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

/** A profile with a few kept messages to somebody who is not there; its peer has stopped. */
async function profile(messages = 3): Promise<string> {
  const alice = await RealPeer.start('Alice');
  const contact = await alice.connect(`127.0.0.1:${await freePort()}`);
  for (let n = 0; n < messages; n += 1) await alice.send(contact, `kept ${n} `.repeat(500));
  await alice.stop();
  return alice.dataDir;
}

async function keptMessages(dataDir: string): Promise<number> {
  const again = await RealPeer.start('Alice', { dataDir });
  const [conversation] = await again.conversations();
  const kept = await again.messages(conversation?.contact.id ?? '');
  await again.stop();
  return kept.filter(({ body }) => body.startsWith('kept')).length;
}

/** A cause, a next step, the documented code, and nothing raw. */
function expectRefusal(ran: Ran, cause: RegExp): void {
  expect(ran.stderr).toMatch(cause);
  expect(ran.stderr).toMatch(/^❌ .+\n {3}\S.+$/);
  expect(ran.stderr).not.toMatch(/Error:|\bat .*:\d+:\d+|SQLITE/);
  expect(ran.code).toBe(STORAGE);
}

const serve = (dataDir: string) =>
  runParley(['serve', '--json', '--port', '0', '--name', 'Alice', '--data', dataDir]);

describe('a history that was damaged while stopped', () => {
  test.each([
    ['cut in half', (size: number) => Math.floor(size / 2)],
    ['cut to its first bytes', () => 50],
    ['cut within its last page', (size: number) => size - 1_000],
  ])('(%s) is reported, not opened, not changed, and copied', async (_, cut) => {
    const dataDir = await profile();
    const file = join(dataDir, 'history.db');
    truncateSync(file, cut(readFileSync(file).length));
    const damaged = readFileSync(file);
    expectRefusal(await serve(dataDir), /^❌ The history history\.db is damaged: .+$/m);
    expect(readFileSync(file).equals(damaged)).toBe(true);
    const copies = readdirSync(dataDir).filter((name) => name.startsWith('history-damaged-'));
    expect(copies).toHaveLength(1);
    expect(readFileSync(join(dataDir, copies[0] ?? '')).equals(damaged)).toBe(true);
  });

  test('works again once a backup of it is restored', async () => {
    const dataDir = await profile();
    const backup = join(temporaryFolder(), 'backup');
    cpSync(dataDir, backup, { recursive: true });
    truncateSync(join(dataDir, 'history.db'), 5_000);
    await serve(dataDir);
    cpSync(join(backup, 'history.db'), join(dataDir, 'history.db'));
    expect(await keptMessages(dataDir)).toBe(3);
  });

  test('does not hide a damaged identity: that is never replaced', async () => {
    const dataDir = await profile();
    const file = join(dataDir, 'identity.pem');
    truncateSync(file, 100);
    const damaged = readFileSync(file);
    expectRefusal(await serve(dataDir), /^❌ The identity in .+ cannot be used: .+$/m);
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });
});

test('a read-only data folder is reported at once, and is unchanged afterwards', async () => {
  const { dataDir, lift } = writeProtected(await profile());
  const file = join(dataDir, 'history.db');
  const before = readFileSync(file);
  expectRefusal(await serve(dataDir), /^❌ The history could not be written: .+$/m);
  expect(readFileSync(file).equals(before)).toBe(true);
  lift();
  expect(await keptMessages(dataDir)).toBe(3);
});

describe('a running peer whose disk refuses writes', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('says so, keeps what it has, acknowledges nothing, and resumes when it can', async () => {
    const alice = await RealPeer.start('Alice');
    const bob = await RealPeer.start('Bob');
    const toBob = await alice.connect(`127.0.0.1:${bob.port}`);
    await alice.untilLink(toBob, 'online');
    await alice.send(toBob, 'kept');
    await alice.untilDelivered(toBob);
    const toAlice = (await bob.with(alice)).contact.id;

    const full = fullDisk(join(alice.dataDir, 'history.db'));
    await expect(alice.send(toBob, 'refused')).rejects.toMatchObject({
      problem: { code: 'storage', params: { reason: 'the disk is full.' } },
    });
    // Alice is told on her own screen, whoever it was that wrote.
    const warnings = async (peer: RealPeer) => (await peer.peer.app.snapshot({})).self.warnings;
    expect(await warnings(alice)).toMatchObject([{ code: 'storage' }]);
    await bob.send(toAlice, 'waits for your disk');
    // Bob learns that she cannot take anything now, not that the network is bad, nor about her disk.
    const linkOfBob = async () => (await bob.with(alice)).link;
    await bob.until('that Alice takes nothing', async () => 'problem' in (await linkOfBob()));
    expect(await linkOfBob()).toEqual({
      phase: 'online',
      transport: 'parley',
      problem: problem('cannot-take', { name: 'Alice' }),
    });
    expect(await bob.states(toAlice)).not.toContain('delivered');
    expect(await alice.bodies(toBob, 'me')).toEqual(['kept']);
    expect(await alice.bodies(toBob, 'them')).toEqual([]);

    full.restore();
    // By itself, without anybody writing anything.
    await bob.untilDelivered(toAlice);
    await alice.send(toBob, 'after');
    await alice.untilDelivered(toBob);
    expect(await alice.bodies(toBob, 'them')).toEqual(['waits for your disk']);
    expect(await bob.bodies(toAlice, 'them')).toEqual(['kept', 'after']);
    await alice.until('that all is well', async () => (await warnings(alice)).length === 0);
    expect(await linkOfBob()).toEqual({ phase: 'online', transport: 'parley' });
    expect(await warnings(bob)).toEqual([]);
  });

  /** From now on every transaction of this one database fails as it does on a full disk. */
  function fullDisk(file: string) {
    const spy = watchStatements((sql, database) => {
      if (sql === 'COMMIT' && database?.location() === file) {
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
      }
    });
    return { restore: () => spy.mockRestore() };
  }
});

// Both ways to take a process's space away and to give it back are Linux's.
const systems = process.platform === 'linux' ? ['Linux'] : [];

describe.each(systems)('a full disk (%s)', () => {
  test('prevents the creation of a profile, with a clear reason', async () => {
    const disk = crowdedDisk();
    const args = ['serve', '--json', '--port', '0', '--data', join(disk.folder, 'new')];
    disk.fill();
    const refused = disk.parley(args);
    const { code } = await refused.ended;
    const ran = { code, signal: null, stdout: '', stderr: refused.errorLines.join('\n') };
    expectRefusal(ran, /^❌ The (history could not be written|identity could not be saved).+$/m);
    disk.makeRoom();
    const again = disk.parley(args);
    await again.line(/"event":"ready"/);
    expect((await again.stop()).code).toBe(0);
  });

  test('refuses typed lines until there is space again, without a restart or a loss', async () => {
    const disk = crowdedDisk();
    const bob = await RealPeer.start('Bob');
    const dataDir = join(disk.folder, 'alice');
    const peer = ['--peer', `127.0.0.1:${bob.port}`];
    const alice = disk.parley(['serve', '--json', '--port', '0', '--data', dataDir, ...peer]);
    await alice.line(/"event":"peer-called","ok":true/);
    const [toAlice] = (await bob.conversations()).map(({ contact }) => contact.id);
    if (toAlice === undefined) throw new Error('Alice did not call');
    await bob.peer.app.setPolicy({ contactId: toAlice, policy: 'accepted' });

    disk.fill(alice);
    // What SQLite has reserved already takes a few more.
    const typed = Array.from({ length: 20 }, (_, n) => `line ${n} ${'-'.repeat(4_000)}`);
    for (const line of typed) alice.type(line);
    const refused = JSON.parse(await alice.line(/"event":"line-refused"/));
    expect(refused.problem).toMatchObject({ code: 'storage' });
    expect(refused.problem.next).toMatch(/^Free some space/);
    await alice.line(/"event":"warnings","problems":\[\{"code":"storage"/);
    await bob.send(toAlice, 'waits for your disk');

    disk.makeRoom(alice);
    await alice.line(/"event":"warnings","problems":\[\]/);
    alice.type('at last');
    await alice.line(/"event":"accepted".*"body":"at last"/);
    await alice.line(/"event":"received".*"body":"waits for your disk"/);
    await bob.untilDelivered(toAlice);
    const bobHas = () => bob.bodies(toAlice, 'them');
    await bob.until('the last line', async () => (await bobHas()).includes('at last'));
    const accepted = events(alice).filter(({ event }) => event === 'accepted');
    const arrived = (await bobHas()).filter((body) => !body.startsWith('Hi '));
    expect(arrived).toEqual(accepted.map(({ body }) => body));
    const refusals = events(alice).filter(({ event }) => event === 'line-refused');
    expect(accepted.length + refusals.length).toBe(typed.length + 1);
    expect((await alice.stop()).code).toBe(0);
    const database = new DatabaseSync(join(dataDir, 'history.db'), { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    database.close();
  });
});
