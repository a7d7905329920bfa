import { beforeEach, describe, expect, test } from 'vitest';
import { type Runner, raceAddresses } from '../../../../src/core/connections/address-race.ts';
import type { PeerAddress } from '../../../../src/shared/address/address.ts';
import { ProblemError, problem } from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';

const ADDRESSES = ['one', 'two', 'three'].map(
  (host): PeerAddress => ({ scheme: 'auto', host, port: 8080 }),
);

interface Attempt {
  readonly host: string;
  readonly at: number;
  readonly runner: Runner;
  readonly succeed: () => void;
  readonly fail: () => void;
}

let world: FakeWorld;
let attempts: Attempt[];
let stop: AbortController;
let errors: unknown[];

function start() {
  return raceAddresses({
    world,
    addresses: ADDRESSES,
    signal: stop.signal,
    onError: (error) => errors.push(error),
    run: ({ host, port }, runner) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      attempts.push({
        host,
        at: world.uptime(),
        runner,
        succeed: resolve,
        fail: () => reject(new ProblemError(problem('refused', { host, port }))),
      });
      return promise;
    },
  });
}

beforeEach(() => {
  world = new FakeWorld();
  attempts = [];
  errors = [];
  stop = new AbortController();
});

const hosts = () => attempts.map(({ host, at }) => [host, at]);

describe('several addresses', () => {
  test('are dialled 250 ms apart while none has answered', async () => {
    void start();
    await world.advance(1_000);
    expect(hosts()).toEqual([
      ['one', 0],
      ['two', 250],
      ['three', 500],
    ]);
    stop.abort();
  });

  test('are dialled at once when the previous one has failed', async () => {
    void start();
    await world.advance(100);
    attempts[0]?.fail();
    await world.advance(10);
    expect(hosts()).toEqual([
      ['one', 0],
      ['two', 100],
    ]);
    stop.abort();
  });

  test('stop at the first success; the others are aborted and no more are dialled', async () => {
    const race = start();
    await world.advance(300);
    attempts[1]?.succeed();
    await world.advance(10_000);
    expect(await race).toEqual({ winner: ADDRESSES[1], failures: [] });
    expect(attempts.map(({ runner }) => runner.signal.aborted)).toEqual([true, true]);
    expect(world.timers).toBe(0);
  });

  test('that all fail report their reasons in the order given', async () => {
    const race = start();
    await world.advance(600);
    for (const attempt of [...attempts].reverse()) attempt.fail();
    await world.advance(1);
    const { winner, failures } = await race;
    expect(winner).toBeNull();
    expect(failures.map((it) => [it.address.host, it.problem.code])).toEqual(
      ADDRESSES.map(({ host }) => [host, 'refused']),
    );
  });

  test('continue one at a time once the identity is proven', async () => {
    void start();
    await world.advance(600);
    const log: string[] = [];
    const first = Promise.withResolvers<void>();
    const proven = attempts.map(({ host, runner }) =>
      runner.afterProof(async () => {
        log.push(host);
        if (host === 'one') await first.promise;
        if (host === 'two') throw new Error('its line broke too');
      }),
    );
    await world.advance(1);
    expect(log).toEqual(['one']);
    first.reject(new Error('its line broke'));
    await Promise.allSettled(proven);
    expect(log).toEqual(['one', 'two', 'three']);
    stop.abort();
  });

  test('queued behind the winner are not used, even before they are aborted', async () => {
    void start();
    await world.advance(600);
    const held = Promise.withResolvers<void>();
    const [winning, ...waiting] = attempts.map(({ runner }) =>
      runner.afterProof(async () => {
        await held.promise;
        return 'used';
      }),
    );
    held.resolve();
    expect(await winning).toBe('used');
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes).toMatchObject(
      waiting.map(() => ({ reason: { problem: { code: 'cancelled' } } })),
    );
    stop.abort();
  });

  test('are not dialled further when the race is aborted', async () => {
    const race = start();
    await world.advance(10);
    stop.abort();
    attempts[0]?.fail();
    await world.advance(1_000);
    expect(await race).toMatchObject({ winner: null });
    expect(hosts()).toEqual([['one', 0]]);
    expect([world.timers, errors]).toEqual([0, []]);
  });
});
