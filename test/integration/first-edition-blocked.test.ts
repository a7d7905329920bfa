import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { firstEdition } from '../support/peers/first-edition.ts';
import { onProfile, serveProfile, transcript } from '../support/peers/profile-process.ts';

// A copy of the first edition that is blocked by one of today, and one of today that it blocks.

test('a blocked peer of the first edition keeps its messages, and delivers them when unblocked', async () => {
  const [bobDir, oldDir] = [temporaryFolder(), temporaryFolder()];
  const bob = await serveProfile('Bob', bobDir);
  const old = firstEdition([
    ...['serve', '--name', 'Old', '--json', '--data', oldDir, '--port', '0'],
    ...['--peer', bob.address],
  ]);
  await old.line(/"event":"ready"/);
  old.type('one');
  await bob.process.line(/"event":"received".*"body":"one"/);
  await old.line(/"event":"delivered"/);

  expect((await onProfile(bobDir, 'block', 'Old')).code).toBe(0);
  // It calls again, gets a link like any stranger, and its message is put off.
  const before = old.lines.length;
  old.type('two');
  old.type('three');
  await old.line(/"event":"accepted".*"body":"three"/);
  const online = /"event":"link".*"phase":"online"/;
  const isBack = () => old.lines.slice(before - 1).some((line) => online.test(line));
  while (!isBack()) await new Promise((resolve) => old.child.stdout.once('data', resolve));
  expect((await transcript(bobDir, 'Old')).filter((line) => /two|three/.test(line))).toEqual([]);

  expect((await onProfile(bobDir, 'unblock', 'Old')).code).toBe(0);
  await bob.process.line(/"event":"received".*"body":"three"/);
  const received = (await transcript(bobDir, 'Old')).filter((line) => /one|two|three/.test(line));
  expect(received).toEqual([
    'them: one [received]',
    'them: two [received]',
    'them: three [received]',
  ]);
  // Nothing it said is wrong, and nothing it sent has failed.
  expect(old.lines.filter((line) => /not-a-peer|"event":"failed"/.test(line))).toEqual([]);
});

test('a peer of the first edition that has blocked us is reported as refusing us, not as another kind of server', async () => {
  const [bobDir, oldDir] = [temporaryFolder(), temporaryFolder()];
  const old = firstEdition(['serve', '--name', 'Old', '--json', '--data', oldDir, '--port', '0']);
  const { port } = JSON.parse(await old.line(/"event":"ready"/)) as { readonly port: number };
  const address = `127.0.0.1:${port}`;
  const bob = await serveProfile('Bob', bobDir);
  expect((await onProfile(bobDir, 'send', address, 'one', '--wait')).code).toBe(0);
  await old.line(/"event":"received".*"body":"one"/);
  const blocking = firstEdition(['block', 'Bob', '--data', oldDir]);
  expect((await blocking.ended).code).toBe(0);

  const send = () => onProfile(bobDir, 'send', 'Old', 'two', '--wait', '--timeout', '1');
  let waiting = await send();
  // Until it has been called again.
  while (waiting.stderr.includes('was lost')) waiting = await send();
  expect(waiting).toMatchObject({
    code: 13,
    stderr: expect.stringContaining('127.0.0.1 answers, but doesn’t take your connection.'),
  });
  // It is kept all the same.
  expect((await transcript(bobDir, 'Old')).at(-1)).toBe('me: two [queued]');
  expect(bob.process.lines.filter((line) => line.includes('not-a-peer'))).toEqual([]);
});
