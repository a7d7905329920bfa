import { expect, test } from 'vitest';
import { identityCode } from '../../src/shared/address/identity-text.ts';
import { freePort } from '../support/basics/free-port.ts';
import { temporaryFolder } from '../support/basics/temporary-folder.ts';
import { onProfile, serveProfile, transcript } from '../support/peers/profile-process.ts';

// Real processes: Dora's computer is wiped, and she writes to Bob's peer with another key.

async function doraReturns() {
  const [bobDir, oldDir, newDir] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const bob = await serveProfile('Bob', bobDir);
  const port = await freePort();
  const old = await serveProfile('Dora', oldDir, port);
  expect((await onProfile(oldDir, 'send', bob.address, 'hi, Dora here', '--wait')).code).toBe(0);
  await old.process.stop();
  expect((await onProfile(bobDir, 'send', 'Dora', 'are you still there?')).code).toBe(0);
  const dora = await serveProfile('Dora', newDir, port);
  expect((await onProfile(newDir, 'send', bob.address, 'I reinstalled', '--wait')).code).toBe(0);
  const request = JSON.parse(await bob.process.line(/"event":"request"/)) as Record<
    string,
    unknown
  >;
  return { bob, bobDir, dora, newDir, old, code: identityCode(dora.identity), request };
}

test('serve accepts no lookalike of a contact, reports it, and merges them when told they are one', async () => {
  const { bob, bobDir, dora, newDir, code, request } = await doraReturns();
  expect(request).toMatchObject({
    from: 'Dora',
    code,
    body: 'I reinstalled',
    like: { name: 'Dora' },
  });
  expect(bob.process.lines.filter((line) => /"received".*reinstalled/.test(line))).toEqual([]);

  const refused = await onProfile(bobDir, 'accept', code);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('You already know Dora, who has another security key');

  const both = await onProfile(bobDir, 'accept', code, '--really', '--as', 'Dora');
  expect(both.code).toBe(2);

  const merged = await onProfile(bobDir, 'accept', code, '--as', 'Dora', '--json');
  expect(JSON.parse(merged.stdout)).toMatchObject({ identity: dora.identity, policy: 'accepted' });
  await dora.process.line(/are you still there/);
  expect(await transcript(bobDir, 'Dora')).toEqual([
    'them: hi, Dora here [received]',
    expect.stringMatching(/^me: are you still there\? /),
    'them: I reinstalled [received]',
  ]);
  expect(await transcript(newDir, 'Bob')).toEqual([
    'me: I reinstalled [delivered]',
    'them: are you still there? [received]',
  ]);
});

test('serve accepts a lookalike as a separate contact only on explicit request', async () => {
  const { bobDir, dora, old, code } = await doraReturns();
  const accepted = await onProfile(bobDir, 'accept', code, '--really', '--json');
  expect(JSON.parse(accepted.stdout)).toMatchObject({
    identity: dora.identity,
    policy: 'accepted',
  });
  const { stdout } = await onProfile(bobDir, 'contacts', '--json');
  const keys = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).identity);
  expect(keys.sort()).toEqual([dora.identity, old.identity].sort());
});
