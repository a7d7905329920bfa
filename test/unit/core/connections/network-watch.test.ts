import { expect, test } from 'vitest';
import { watchNetwork } from '../../../../src/core/connections/network-watch.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';

function watched() {
  const world = new FakeWorld();
  const state = { network: 'lan', slept: 0, changes: 0 };
  const stop = watchNetwork({
    world: { now: () => world.now() + state.slept, after: world.after },
    fingerprint: () => state.network,
    onChange: () => {
      state.changes += 1;
    },
  });
  return { world, state, stop };
}

test('a network change is noticed within five seconds, and once', async () => {
  const { world, state } = watched();
  await world.advance(12_000);
  expect(state.changes).toBe(0);
  state.network = 'vpn';
  await world.advance(5_000);
  expect(state.changes).toBe(1);
  await world.advance(60_000);
  expect(state.changes).toBe(1);
});

test('waking from sleep counts as a change even on the same network', async () => {
  const { world, state } = watched();
  await world.advance(7_000);
  state.slept = 3_600_000;
  await world.advance(5_000);
  expect(state.changes).toBe(1);
});

test('the network is not polled after the watch has ended', async () => {
  const { world, state, stop } = watched();
  stop();
  state.network = 'vpn';
  await world.advance(60_000);
  expect(state.changes).toBe(0);
});
