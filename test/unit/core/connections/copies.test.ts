import { beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { rawCaller } from '../../../support/network/raw-caller.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let alice: TestPeer;

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  alice = await TestPeer.start({ name: 'Alice', network, world });
});

/** Bob's profile on a computer of this name. */
const bobOn = (host: string) =>
  TestPeer.start({ name: 'Bob', identity: identityOf('Bob'), host, network, world });

const warningsOf = async (peer: TestPeer): Promise<readonly Problem[]> =>
  (await peer.peer.app.snapshot({})).self.warnings;
const codesOf = async (peer: TestPeer) => (await warningsOf(peer)).map(({ code }) => code);

/** Bob and Alice are friends, and linked. */
async function friends() {
  const bob = await bobOn('bob');
  const contactId = await alice.connect('bob:8080');
  await world.advance(1_000);
  await bob.connect('alice:8080');
  await world.advance(1_000);
  return { bob, contactId };
}

describe('a profile that is online in two places', () => {
  test('is reported to the contact and to both places', async () => {
    const { bob } = await friends();
    const copy = await bobOn('laptop');
    await copy.connect('alice:8080');
    await world.advance(1_000);
    expect(await warningsOf(alice)).toMatchObject([
      { code: 'contact-copies', params: { name: 'Bob' } },
    ]);
    expect(await warningsOf(bob)).toMatchObject([
      { code: 'own-copy-seen', params: { name: 'Alice' } },
    ]);
    expect(await codesOf(copy)).toEqual(['own-copy-seen']);
  });

  test('is reported when one dials the other, and not added as a contact', async () => {
    const bob = await bobOn('bob');
    const copy = await rawCaller(network, { host: 'laptop', identity: identityOf('Bob') }, 'bob');
    await expect(copy.link('Bob', 8080, { instance: 'another' })).rejects.toThrow('same profile');
    expect(await warningsOf(bob)).toMatchObject([
      { code: 'own-copy-called', params: { host: 'laptop' } },
    ]);
    expect(await bob.conversations()).toEqual([]);
  });

  test('is no longer reported some time after one has stopped', async () => {
    await friends();
    const copy = await bobOn('laptop');
    await copy.connect('alice:8080');
    await world.advance(1_000);
    await copy.peer.stop();
    await world.advance(11 * 60_000);
    expect(await codesOf(alice)).toEqual([]);
  });
});

describe('no second copy is reported', () => {
  const expectNone = async (...peers: readonly TestPeer[]) => {
    for (const peer of peers) expect(await codesOf(peer)).toEqual([]);
  };

  test('when a connection breaks and is restored, however often', async () => {
    const { bob } = await friends();
    for (let n = 0; n < 5; n += 1) {
      network.cut('alice', 'bob');
      await world.advance(40_000);
    }
    await expectNone(alice, bob);
  });

  test('when both sides dial at the same moment', async () => {
    const bob = await bobOn('bob');
    await Promise.all([alice.connect('bob:8080'), bob.connect('alice:8080')]);
    await world.advance(10_000);
    await expectNone(alice, bob);
  });

  test('when a process was killed and its successor dials before the old connection times out', async () => {
    let silent = false;
    network.wireFor = (from, to) => {
      const ofOld = !silent && (from === 'bob' || to === 'bob');
      return { carry: (message, arrive) => void ((ofOld && silent) || arrive(message)) };
    };
    const bob = await bobOn('bob');
    const contactId = await alice.connect('bob:8080');
    await world.advance(1_000);
    await alice.peer.app.setPolicy({ contactId, policy: 'accepted' });
    // From now on nothing gets through on the line that is up.
    silent = true;
    const restarted = await bobOn('bob-again');
    await restarted.connect('alice:8080');
    await world.advance(60_000);
    await expectNone(alice, restarted);
    await bob.peer.stop();
  });

  test('when a copy of the first edition dials, which sends no process id', async () => {
    const { bob } = await friends();
    const old = await rawCaller(network, { host: 'laptop', identity: identityOf('Bob') }, 'alice');
    // Of two links that of the smaller identity stays, so this one may be closed before it answers.
    await old.link('Bob', 8080).catch(() => {});
    await world.advance(1_000);
    await expectNone(alice, bob);
  });

  test('when a stranger connects twice', async () => {
    for (const instance of ['one', 'two']) {
      const eve = await rawCaller(network, { host: 'eve', identity: identityOf('Eve') }, 'alice');
      await eve.link('Eve', null, { instance });
    }
    await world.advance(1_000);
    await expectNone(alice);
  });
});
