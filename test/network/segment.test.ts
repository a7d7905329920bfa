import { expect } from 'vitest';
import { neighbours, passes, story } from './story.ts';

const IPV4 = ['10.77.0.1/24', '10.77.0.2/24'] as const;

for (const [kind, addresses, dialled] of [
  ['IPv4', IPV4, '10.77.0.1:8080'],
  ['IPv6 alone', ['fd77::1/64', 'fd77::2/64'], '[fd77::1]:8080'],
  ['link-local addresses with a zone', ['fe80::1/64', 'fe80::2/64'], '[fe80::1%lan0]:8080'],
] as const) {
  story(`two hosts talk over ${kind}, both ways`, async (hosts) => {
    const { alice, bob } = neighbours(hosts, addresses);
    const a = await alice.serve();
    const b = await bob.serve('--peer', dialled);
    expect(await b.event('peer-called')).toMatchObject({ ok: true, name: 'Alice' });
    await passes(b, a, 'Hi Alice');
    expect(await alice.onProfile('send', 'Bob', 'Hi Bob', '--wait')).toMatchObject({ code: 0 });
    await b.event('received', { body: 'Hi Bob', from: 'Alice' });
  });
}

story('an unplugged cable delays messages, and loses none', async (hosts) => {
  const { alice, bob } = neighbours(hosts, IPV4);
  const a = await alice.serve();
  const b = await bob.serve('--peer', '10.77.0.1:8080');
  await passes(b, a, 'before');
  bob.ip('link', 'set', 'lan0', 'down');
  await b.event('link', { phase: 'offline' });
  b.type('while it is out');
  const { id } = await b.event('accepted');
  bob.ip('link', 'set', 'lan0', 'up');
  await b.event('delivered', { id });
  await a.event('received', { id, body: 'while it is out' });
});

story('one-shot commands from another host are answered', async (hosts) => {
  const { alice, bob } = neighbours(hosts, IPV4);
  const a = await alice.serve();
  expect(await bob.run('greet', '10.77.0.1:8080')).toMatchObject({
    code: 0,
    stdout: "Hello! I'm Alice.",
  });
  expect(await bob.run('send', '10.77.0.1:8080', 'from a script')).toMatchObject({ code: 0 });
  await a.event('received', { body: 'from a script' });
  expect((await bob.run('stats', '10.77.0.1:8080')).stdout).toContain('messages_received: 1');
  const { code, stderr } = await bob.run('greet', 'http://10.77.0.1:8080');
  expect(code).toBe(8);
  expect(stderr).toContain('From the network this peer answers only encrypted Parley peers.');
});

story('the doctor finds no fault between two hosts', async (hosts) => {
  const { alice, bob } = neighbours(hosts, IPV4);
  await alice.serve();
  const ran = await bob.run('doctor', '10.77.0.1:8080', '--listen', '8081', '--json');
  expect(ran.code).toBe(0);
  const { findings } = JSON.parse(ran.stdout) as { findings: { layer: string; result: string }[] };
  expect(findings.map(({ layer, result }) => `${layer} ${result}`)).toEqual([
    ...['address', 'name', 'route', 'encryption', 'peer', 'contract'].map((it) => `${it} ok`),
    'identity skipped',
    'clock ok',
    'dial-back ok',
  ]);
});
