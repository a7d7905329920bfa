import { describe, expect, test } from 'vitest';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { parley } from '../support/peers/parley-process.ts';
import {
  onProfile,
  serveProfile,
  startOddPeer,
  transcript,
} from '../support/peers/profile-process.ts';

/** A profile whose app has run once and may run now. */
async function profile(name: string, running: boolean): Promise<string> {
  const dataDir = temporaryFolder();
  const app = await serveProfile(name, dataDir);
  if (!running) await app.process.stop();
  return dataDir;
}

describe.each([
  ['through the running app', true],
  ['on a stopped profile', false],
])('send --wait %s', (_, running) => {
  test('0: it is delivered, and both histories have it once', async () => {
    const aliceDir = await profile('Alice', running);
    const bobDir = temporaryFolder();
    const bob = await serveProfile('Bob', bobDir);
    const sent = await onProfile(aliceDir, 'send', bob.address, 'Hi Bob', '--wait');
    expect(sent).toMatchObject({ code: 0, stdout: '✓ delivered to Bob', stderr: '' });
    const again = await onProfile(aliceDir, 'send', 'bob', 'Again', '--wait', '--json');
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: true, body: 'Again', state: 'delivered' });
    expect(await transcript(bobDir, 'Alice')).toEqual([
      'them: Hi Bob [received]',
      'them: Again [received]',
    ]);
    expect(await transcript(aliceDir, 'Bob')).toHaveLength(2);
  });

  test('13: it is not delivered in time, stays queued, and is sent when the app runs', async () => {
    const aliceDir = await profile('Alice', running);
    const port = await freePort();
    const address = `127.0.0.1:${port}`;
    const late = await onProfile(aliceDir, 'send', address, 'Hi', '--wait', '--timeout', '1');
    expect(late).toMatchObject({ code: 13, stdout: '' });
    expect(late.stderr).toMatch(
      /^❌ .*is not delivered yet: .*nothing is listening.*\n {3}It stays/,
    );
    const json = await onProfile(
      aliceDir,
      ...['send', address, 'Ho', '--wait', '--timeout', '1', '--json'],
    );
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      state: 'queued',
      problem: { code: 'still-queued' },
    });
    const bob = await serveProfile('Bob', temporaryFolder(), port);
    if (!running) await serveProfile('Alice', aliceDir);
    await bob.process.line(/"body":"Hi"/);
    await bob.process.line(/"body":"Ho"/);
  });

  test('8: the other side refuses it', async () => {
    const aliceDir = await profile('Alice', running);
    const odd = await startOddPeer('refuses');
    const sent = await onProfile(aliceDir, 'send', odd, 'Hi', '--wait');
    expect(sent).toMatchObject({ code: 8, stderr: expect.stringContaining('I am asleep') });
    expect(await transcript(aliceDir, 'Odd')).toEqual(['me: Hi [failed]']);
  });

  test('9: it was sent and not answered, so it is not resent', async () => {
    const aliceDir = await profile('Alice', running);
    const odd = await startOddPeer('hangs up');
    const sent = await onProfile(aliceDir, 'send', odd, 'Hi', '--wait');
    expect(sent).toMatchObject({ code: 9, stderr: expect.stringContaining('not confirmed') });
    expect(await transcript(aliceDir, 'Odd')).toEqual(['me: Hi [unconfirmed]']);
  });

  test('10: another identity answers at the address: nothing is sent, and that is reported at once', async () => {
    const aliceDir = await profile('Alice', running);
    const bob = await serveProfile('Bob', temporaryFolder());
    expect((await onProfile(aliceDir, 'send', bob.address, 'Hi', '--wait')).code).toBe(0);
    await bob.process.stop();
    const mallory = await serveProfile('Bob', temporaryFolder(), bob.port);
    const sent = await onProfile(aliceDir, 'send', 'Bob', 'secret', '--wait');
    expect(sent).toMatchObject({ code: 10, stderr: expect.stringContaining('Another identity') });
    expect(await transcript(aliceDir, 'Bob')).toEqual([
      'me: Hi [delivered]',
      'me: secret [queued]',
    ]);
    await mallory.process.stop();
    expect(mallory.process.lines.join('\n')).not.toContain('secret');
  });
});

test('without --wait the message is queued, and the app sends it', async () => {
  const aliceDir = await profile('Alice', false);
  const bob = await serveProfile('Bob', temporaryFolder());
  const kept = await onProfile(aliceDir, 'send', bob.address, 'later');
  expect(kept).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^… queued for .*\n {3}It/),
  });
  expect(bob.process.lines.join('\n')).not.toContain('later');
  await serveProfile('Alice', aliceDir);
  await bob.process.line(/"body":"later"/);
});

test('a request cannot be written to by name before it is accepted', async () => {
  const aliceDir = temporaryFolder();
  // The browser host asks before it takes strangers in.
  const web = parley(['web', '--name', 'Alice', '--port', '0', '--data', aliceDir]);
  const line = await web.line(/Programs call/);
  const address = /127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
  const eveDir = temporaryFolder();
  await serveProfile('Bob', eveDir);
  expect((await onProfile(eveDir, 'send', address, 'I am Bob', '--wait')).code).toBe(0);
  const contact = JSON.parse((await onProfile(aliceDir, 'contacts', '--json')).stdout) as object;
  expect(contact).toMatchObject({ name: 'Bob', policy: 'request' });
  const refused = await onProfile(aliceDir, 'send', 'Bob', 'secret', '--wait');
  expect(refused).toMatchObject({ code: 8, stderr: expect.stringContaining('not accepted') });
  expect((await onProfile(aliceDir, 'accept', 'Bob')).stdout).toBe('Accepted Bob.');
  expect((await onProfile(aliceDir, 'send', 'Bob', 'welcome', '--wait')).code).toBe(0);
});

test('the app is killed while a command waits: the command continues, and nothing is duplicated', async () => {
  const aliceDir = temporaryFolder();
  const alice = await serveProfile('Alice', aliceDir);
  const port = await freePort();
  const bobDir = temporaryFolder();
  const waiting = onProfile(aliceDir, 'send', `127.0.0.1:${port}`, 'Hi', '--wait');
  await alice.process.line(/"event":"accepted"/);
  await alice.process.stop('SIGKILL');
  await serveProfile('Bob', bobDir, port);
  expect(await waiting).toMatchObject({ code: 0, stdout: '✓ delivered to Bob' });
  expect(await transcript(bobDir, 'Alice')).toEqual(['them: Hi [received]']);
  expect(await transcript(aliceDir, 'Bob')).toEqual(['me: Hi [delivered]']);
});

test('Ctrl+C during the wait leaves the message queued', async () => {
  if (process.platform === 'win32') return;
  const aliceDir = temporaryFolder();
  const alice = await serveProfile('Alice', aliceDir);
  const port = await freePort();
  const args = ['send', `127.0.0.1:${port}`, 'Hi', '--wait', '--data', aliceDir];
  const waiting = parley(args);
  await alice.process.line(/"event":"accepted"/);
  expect(await waiting.stop('SIGINT')).toEqual({ code: 13, signal: null });
  expect(await transcript(aliceDir, `127.0.0.1:${port}`)).toEqual(['me: Hi [queued]']);
});
