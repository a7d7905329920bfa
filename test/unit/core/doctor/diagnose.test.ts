import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DoctorDeps } from '../../../../src/core/doctor/deps.ts';
import { diagnose } from '../../../../src/core/doctor/diagnose.ts';
import type { HostAddress } from '../../../../src/core/net/dial/connect-tcp.ts';
import { DIAGNOSIS_LAYERS, type Finding } from '../../../../src/shared/model/diagnosis.ts';
import { type ProblemCode, raise } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { findingOf, memoryDoctor, summary } from '../../../support/peers/doctoring.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';
import { sampleContact } from '../../../support/storage/store-samples.ts';

let world: FakeWorld;
let network: MemoryNetwork;
const doctor = (change: Partial<DoctorDeps> = {}) => memoryDoctor(world, network, change);
const startBob = (identity?: string | null) =>
  TestPeer.start({ name: 'Bob', network, world, ...(identity === null ? { identity } : {}) });

beforeEach(() => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
});

describe('a diagnosis', () => {
  test('of a Parley peer runs every layer, and reports each as it finishes', async () => {
    await startBob();
    const told: Finding[] = [];
    const diagnosis = await diagnose('bob:8080', doctor(), { onFinding: (it) => told.push(it) });
    expect(summary(diagnosis)).toEqual([
      ...DIAGNOSIS_LAYERS.slice(0, -1).map((layer) => `${layer} ok`),
      'dial-back skipped',
    ]);
    expect(diagnosis).toMatchObject({ address: 'bob:8080', at: world.now(), result: 'ok' });
    expect(told).toEqual(diagnosis.findings);
    expect(findingOf(diagnosis, 'dial-back').detail).toBe('Carol takes no calls.');
  });

  test('leaves neither a contact nor an open connection', async () => {
    const bob = await startBob();
    await diagnose('bob:8080', doctor());
    await world.advance(1_000);
    expect(await bob.conversations()).toEqual([]);
    expect(network.lines).toBe(0);
    expect(bob.unexpected).toEqual([]);
  });

  test('reports a contact without an address as connected when it has dialled us', async () => {
    const bob = sampleContact('bob', { name: 'Bob', identity: identityOf('Bob') });
    const { probe } = doctor();
    const knock = async () => raise('timed-out', { host: 'bob', port: 8080 });
    const examine = (calledBy: 'us' | 'them' | null) =>
      diagnose(
        'bob:8080',
        doctor({
          probe: { ...probe, knock },
          contacts: {
            at: () => null,
            claiming: () => bob,
            of: () => null,
            calledBy: () => calledBy,
          },
        }),
      );
    expect(await examine('them')).toMatchObject({
      result: 'warning',
      connected: { name: 'Bob', calledBy: 'them' },
    });
    expect(await examine(null)).toMatchObject({ result: 'failed', connected: null });
  });

  test('without access to a profile does not claim that the peer is unknown', async () => {
    await startBob();
    const diagnosis = await diagnose('bob:8080', doctor({ contacts: null }));
    expect(findingOf(diagnosis, 'identity')).toMatchObject({
      result: 'skipped',
      detail: 'No profile was looked into, so nobody is known here.',
    });
    expect(JSON.stringify(diagnosis)).not.toMatch(/first meeting/i);
  });

  test('has one finding per layer, in order, wherever it stops', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('find', 'knock', 'secure'), async (broken) => {
        const { probe } = doctor();
        const broke = { ...probe, [broken]: async () => raise('unreachable', { host: 'bob' }) };
        const diagnosis = await diagnose('bob:8080', doctor({ probe: broke }));
        expect(diagnosis.findings.map(({ layer }) => layer)).toEqual(DIAGNOSIS_LAYERS);
        expect(diagnosis.result).toBe('failed');
        const results = diagnosis.findings.map(({ result }) => result);
        const stop = results.indexOf('failed');
        expect(results.slice(stop + 1).every((it) => it === 'skipped')).toBe(true);
      }),
    );
  });

  test('of an invalid address says so and dials nothing', async () => {
    const diagnosis = await diagnose('bob:99999', doctor());
    expect(summary(diagnosis)[0]).toBe('address failed bad-address');
    expect(diagnosis.address).toBe('bob:99999');
    expect(network.dialled).toBe(0);
  });

  test('of our own address is refused', async () => {
    const bob = await startBob();
    const diagnosis = await bob.peer.app.diagnose({ address: 'bob:8080' });
    expect(summary(diagnosis)[0]).toBe('address failed own-address');
  });

  test('hides an internal error, and logs it', async () => {
    const unexpected: unknown[] = [];
    const { probe } = doctor();
    const broken = { ...probe, find: async () => Promise.reject(new TypeError('secret inside')) };
    const diagnosis = await diagnose(
      'bob:8080',
      doctor({ probe: broken, onUnexpected: (error) => unexpected.push(error) }),
    );
    expect(summary(diagnosis)[1]).toBe('name failed internal');
    expect(JSON.stringify(diagnosis)).not.toContain('secret');
    expect(unexpected).toHaveLength(1);
  });

  test('that is cancelled says so, and closes its connections', async () => {
    await startBob();
    network.wireFor = () => ({ carry: () => {} });
    const giveUp = new AbortController();
    const running = diagnose('bob:8080', doctor(), { signal: giveUp.signal });
    await world.advance(1_000);
    giveUp.abort();
    expect(summary(await running)[4]).toBe('peer failed cancelled');
  });

  test('is cancelled when the peer stops', async () => {
    await startBob();
    const alice = await TestPeer.start({ name: 'Alice', network, world });
    network.wireFor = () => ({ carry: () => {} });
    const running = alice.peer.app.diagnose({ address: 'bob:8080' });
    await world.advance(1_000);
    await alice.peer.stop();
    expect(summary(await running)[4]).toBe('peer failed stopped');
  });
});

describe('the route', () => {
  const v4 = (address: string): HostAddress => ({ address, family: 4 });
  const v6 = (address: string): HostAddress => ({ address, family: 6 });

  /** A host whose network addresses answer as given; null accepts. */
  const hostWith = (outcomes: ReadonlyMap<HostAddress, ProblemCode | null>) => {
    const { probe } = doctor();
    return doctor({
      probe: {
        ...probe,
        find: async () => [...outcomes.keys()],
        knock: async ({ host, port }, via) => {
          const code = outcomes.get(via);
          return code ? raise(code, { host, port }) : 'carol';
        },
      },
    });
  };

  test('is reported for each network address, with its family', async () => {
    await startBob();
    const outcomes = new Map([
      [v6('2001:db8::1'), 'unreachable'],
      [v4('192.0.2.1'), 'timed-out'],
      [v4('192.0.2.2'), null],
    ] as const);
    const diagnosis = await diagnose('bob:8080', hostWith(outcomes));
    expect(findingOf(diagnosis, 'name').detail).toBe(
      'bob is 2001:db8::1 (AAAA), 192.0.2.1 (A), 192.0.2.2 (A).',
    );
    expect(findingOf(diagnosis, 'route')).toMatchObject({
      result: 'ok',
      detail: 'Port 8080 at 2001:db8::1: no route; 192.0.2.1: no answer; 192.0.2.2: accepts.',
    });
  });

  test.each([
    [['unreachable', 'timed-out', 'refused'], 'refused'],
    [['unreachable', 'timed-out'], 'timed-out'],
    [['unreachable', 'too-many-open'], 'too-many-open'],
    [['unreachable', 'unreachable'], 'unreachable'],
  ] as const)('that fails everywhere (%j) is reported as "%s"', async (codes, expected) => {
    const outcomes = new Map(codes.map((code, index) => [v4(`192.0.2.${index}`), code]));
    const diagnosis = await diagnose('bob:8080', hostWith(outcomes));
    expect(findingOf(diagnosis, 'route')).toMatchObject({
      result: 'failed',
      problem: { code: expected },
    });
  });
});

describe('the identity', () => {
  const invite = (identity: string) => `parley://bob:8080/#${identity}`;

  test('of a matching invite is confirmed, with its safety code', async () => {
    await startBob();
    const finding = findingOf(await diagnose(invite(identityOf('Bob')), doctor()), 'encryption');
    expect(finding.result).toBe('ok');
    expect(finding.detail).toMatch(/^TLS 1\.3\. As expected: (\w{4} ){6}\w{4}\.$/);
  });

  test('that differs from the invite ends the diagnosis before any dial', async () => {
    await startBob();
    const diagnosis = await diagnose(invite(identityOf('Alice')), doctor());
    expect(summary(diagnosis).slice(3, 5)).toEqual([
      'encryption failed identity-changed',
      'peer skipped',
    ]);
    expect(network.dialled).toBe(0);
  });

  test('of a contact keeps it from being dialled in plain text, even by http://', async () => {
    const alice = await TestPeer.start({ name: 'Alice', network, world });
    const bob = await startBob();
    await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.peer.stop();
    await startBob(null);
    const dialled = network.dialled;
    for (const address of ['bob:8080', 'http://bob:8080']) {
      const diagnosis = await alice.peer.app.diagnose({ address });
      expect(summary(diagnosis)[3]).toBe('encryption failed plain-refused');
    }
    expect(network.dialled).toBe(dialled);
  });

  test('of a contact is recognised, also at a new address', async () => {
    await startBob();
    const alice = await TestPeer.start({ name: 'Alice', network, world });
    await alice.connect('bob:8080');
    await world.advance(1_000);
    const known = await alice.peer.app.diagnose({ address: 'bob:8080' });
    expect(findingOf(known, 'identity').detail).toBe('This is Bob, as known at this address.');
    await TestPeer.start({ name: 'Moved', network, world, identity: identityOf('Bob') });
    const moved = await alice.peer.app.diagnose({ address: 'moved:8080' });
    expect(findingOf(moved, 'identity').detail).toContain('known from another address');
  });

  test('of a linked contact is examined without touching the link', async () => {
    await startBob();
    const alice = await TestPeer.start({ name: 'Alice', network, world });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    const lines = network.lines;
    await alice.peer.app.diagnose({ address: 'bob:8080' });
    await world.advance(1_000);
    expect(network.lines).toBe(lines);
    expect((await alice.conversation()).link.phase).toBe('online');
    await alice.send(toBob, 'still here');
    await world.advance(1_000);
    expect((await alice.messages(toBob))[0]?.state).toBe('delivered');
  });

  test('of an open-contract peer is missing: a warning, and no questions it cannot answer', async () => {
    await startBob(null);
    const diagnosis = await diagnose('bob:8080', doctor());
    expect(summary(diagnosis).slice(3)).toEqual([
      'encryption warning not-encrypted',
      'peer ok',
      'contract ok',
      'identity skipped',
      'clock skipped',
      'dial-back skipped',
    ]);
    expect(diagnosis.result).toBe('warning');
  });

  test('of a silent peer is not known: it accepts and never answers', async () => {
    await startBob();
    network.wireFor = () => ({ carry: () => {} });
    const running = diagnose('bob:8080', doctor());
    await world.advance(60_000);
    expect(summary(await running)[4]).toBe('peer failed peer-silent');
  });
});
