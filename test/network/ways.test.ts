import { expect } from 'vitest';
import { filtered, neighbours, passes, story } from './story.ts';

const IPV4 = ['10.77.0.1/24', '10.77.0.2/24'] as const;

filtered(
  'a host that cannot be dialled exchanges messages with one that it has dialled',
  async (hosts) => {
    const { alice, bob } = neighbours(hosts, IPV4);
    alice.refuseCalls();
    const b = await bob.serve();
    const a = await alice.serve('--peer', '10.77.0.2:8080');
    await passes(a, b, 'from behind the wall');
    expect(await bob.onProfile('send', 'Alice', 'and back', '--wait')).toMatchObject({ code: 0 });
    await a.event('received', { body: 'and back' });
    // The way there is closed, which is not what matters.
    const { code, stdout } = await bob.onProfile('doctor', '10.77.0.1:8080');
    expect(stdout).toMatch(/^FAILED {2}route/m);
    expect(stdout).toMatch(/\nAlice is connected right now: their copy has called yours\.$/);
    expect(code).toBe(0);
  },
);

filtered('a host behind NAT exchanges messages with one that cannot dial it', async (hosts) => {
  const [alice, router, bob] = [hosts.add('Alice'), hosts.add('Router'), hosts.add('Bob')];
  hosts.cable([alice, 'lan0'], [router, 'inside']);
  hosts.cable([router, 'outside'], [bob, 'lan0']);
  alice.address('192.168.77.2/24', 'lan0');
  router.address('192.168.77.1/24', 'inside');
  router.address('10.77.0.1/24', 'outside');
  bob.address('10.77.0.2/24', 'lan0');
  alice.ip('route', 'add', 'default', 'via', '192.168.77.1');
  router.masquerade('outside');
  const b = await bob.serve();
  const a = await alice.serve('--peer', '10.77.0.2:8080');
  await passes(a, b, 'from inside');
  expect(await bob.onProfile('send', 'Alice', 'to the inside', '--wait')).toMatchObject({
    code: 0,
  });
  await a.event('received', { body: 'to the inside' });
});

story('a host on two networks can be dialled on either', async (hosts) => {
  const { alice, bob } = neighbours(hosts, IPV4);
  const carol = hosts.add('Carol');
  hosts.cable([alice, 'lan1'], [carol, 'lan0']);
  alice.address('10.78.0.1/24', 'lan1');
  carol.address('10.78.0.2/24', 'lan0');
  const a = await alice.serve();
  expect(a.addresses).toEqual(expect.arrayContaining(['10.77.0.1:8080', '10.78.0.1:8080']));
  const b = await bob.serve('--peer', '10.77.0.1:8080');
  const c = await carol.serve('--peer', '10.78.0.1:8080');
  await passes(b, a, 'from the first network');
  await passes(c, a, 'from the second');
});

story('a network that appears after the start is used', async (hosts) => {
  const [alice, bob] = [hosts.add('Alice'), hosts.add('Bob')];
  const a = await alice.serve();
  expect(a.addresses).toEqual(['127.0.0.1:8080']);
  const b = await bob.serve('--peer', '10.77.0.1:8080');
  await b.event('peer-called', { ok: false });
  hosts.cable([alice, 'lan0'], [bob, 'lan0']);
  alice.address('10.77.0.1/24', 'lan0');
  bob.address('10.77.0.2/24', 'lan0');
  await passes(b, a, 'there you are');
  expect((await alice.onProfile('invite', '--json')).stdout).toContain('10.77.0.1');
});
