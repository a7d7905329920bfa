import { expect, test } from 'vitest';
import { type Fault, startFaultProxy } from '../support/network/fault-proxy.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

const faults: readonly (readonly [string, Fault])[] = [
  ['is reset', { out: { type: 'cut', after: 1, how: 'rst' } }],
  ['is silent', { back: { type: 'blackhole' } }],
];

test.each(faults)(
  'a peer whose first connection %s, as during its start, is still connected encrypted',
  async (_, fault) => {
    const alice = await RealPeer.start('Alice');
    const bob = await RealPeer.start('Bob');
    const proxy = await startFaultProxy({
      target: bob.port,
      plan: (index) => (index === 0 ? fault : {}),
    });
    const toBob = await alice.connect(`127.0.0.1:${proxy.port}`);
    await alice.send(toBob, 'Hi Bob!');
    const link = await alice.untilLink(toBob, 'online');
    expect(link).toMatchObject({ phase: 'online', transport: 'parley' });
    await alice.untilDelivered(toBob);
    expect((await bob.conversations()).map(({ contact }) => contact.kind)).toEqual(['parley']);
    await proxy.stop();
  },
);
