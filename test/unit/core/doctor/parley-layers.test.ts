import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DoctorDeps, Inbound } from '../../../../src/core/doctor/deps.ts';
import { diagnose } from '../../../../src/core/doctor/diagnose.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { MemoryNetwork } from '../../../support/network/memory-network.ts';
import { findingOf, memoryDoctor } from '../../../support/peers/doctoring.ts';
import { identityOf, TestPeer } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
let network: MemoryNetwork;
let bob: TestPeer;
const examine = (change: Partial<DoctorDeps>) =>
  diagnose('bob:8080', memoryDoctor(world, network, change));

beforeEach(async () => {
  world = new FakeWorld();
  network = new MemoryNetwork(world);
  bob = await TestPeer.start({ name: 'Bob', network, world });
});

describe('clock skew', () => {
  const shifted = (ms: number) => ({ world: { ...world, now: () => world.now() - ms } });

  test('is a warning exactly above one minute, in either direction', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -1e10, max: 1e10 }), async (ms) => {
        const { result, problem } = findingOf(await examine(shifted(ms)), 'clock');
        expect(result).toBe(Math.abs(ms) > 60_000 ? 'warning' : 'ok');
        expect(problem?.code ?? null).toBe(result === 'warning' ? 'clock-differs' : null);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    [0, 'The same as ours;'],
    [-30_000, '30 seconds behind ours;'],
    [90_000, '90 seconds ahead of ours;'],
    [-5 * 60_000, '5 minutes behind ours;'],
    [3 * 3_600_000, '3 hours ahead of ours;'],
    [400 * 86_400_000, '400 days ahead of ours;'],
  ])('of %i ms is reported as "%s"', async (ms, words) => {
    expect(findingOf(await examine(shifted(ms)), 'clock').detail).toContain(words);
  });

  test('is measured from the middle of the round trip', async () => {
    network.wireFor = () => ({
      carry: (message, arrive) => void world.after(4_000, () => arrive(message)),
    });
    const running = examine({});
    await world.advance(120_000);
    expect(findingOf(await running, 'clock').detail).toBe(
      'The same as ours; the answer took 8000 ms.',
    );
  });
});

describe('the dial-back', () => {
  const listening = (change: Partial<Inbound> = {}) => {
    let closed = 0;
    const inbound = async (): Promise<Inbound> => ({
      type: 'listening',
      port: 8080,
      localOnly: false,
      close: async () => {
        closed += 1;
      },
      ...(change as object),
    });
    return { inbound, closed: () => closed };
  };

  test('that reaches us says so', async () => {
    await TestPeer.start({ name: 'Carol', network, world });
    const { inbound, closed } = listening();
    expect(findingOf(await examine({ inbound }), 'dial-back')).toMatchObject({
      result: 'ok',
      detail: 'Bob has called back on port 8080 and found us.',
    });
    expect(closed()).toBe(1);
  });

  test('that reaches nothing is a warning with a next step', async () => {
    const { inbound, closed } = listening();
    expect(findingOf(await examine({ inbound }), 'dial-back')).toMatchObject({
      result: 'warning',
      problem: { code: 'inbound-refused', params: { name: 'Bob', port: 8080 } },
    });
    expect(closed()).toBe(1);
  });

  test('that reaches another identity is a warning of its own', async () => {
    await TestPeer.start({ name: 'Carol', network, world, identity: identityOf('Mallory') });
    const finding = findingOf(await examine(listening()), 'dial-back');
    expect(finding.problem?.code).toBe('inbound-other-identity');
  });

  test('is not requested when we listen on loopback only', async () => {
    const before = network.dialled;
    const { inbound, closed } = listening({ localOnly: true });
    const finding = findingOf(await examine({ inbound }), 'dial-back');
    expect(finding.problem?.code).toBe('inbound-local-only');
    expect(network.dialled).toBe(before + 1);
    expect(closed()).toBe(1);
  });

  test('is skipped above its rate limit', async () => {
    const alice = await TestPeer.start({ name: 'Alice', network, world });
    const results: string[] = [];
    for (let run = 0; run < 31; run += 1) {
      const diagnosis = await alice.peer.app.diagnose({ address: 'bob:8080' });
      results.push(findingOf(diagnosis, 'dial-back').result);
    }
    expect(results).toEqual([...Array(30).fill('ok'), 'skipped']);
  });

  test('and the clock are answered to a blocked caller as to any stranger', async () => {
    const alice = await TestPeer.start({ name: 'Alice', network, world });
    const toBob = await alice.connect('bob:8080');
    await world.advance(1_000);
    await bob.peer.app.setPolicy({
      contactId: (await bob.conversation()).contact.id,
      policy: 'blocked',
    });
    await world.advance(1_000);
    await alice.peer.app.setPolicy({ contactId: toBob, policy: 'request' });
    const diagnosis = await alice.peer.app.diagnose({ address: 'bob:8080' });
    expect(findingOf(diagnosis, 'clock').result).toBe('ok');
    expect(findingOf(diagnosis, 'dial-back').result).toBe('ok');
  });
});
