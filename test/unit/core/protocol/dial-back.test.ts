import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DialBack } from '../../../../src/core/connections/dial-back.ts';
import type { Dial, Dialled } from '../../../../src/core/protocol/channel.ts';
import { ParleyCapability } from '../../../../src/core/protocol/main-capability.ts';
import { DEFAULT_LIMITS } from '../../../../src/shared/model/limits.ts';
import {
  PROBLEM_CODES,
  type ProblemCode,
  problemOf,
  raise,
} from '../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../support/basics/fake-world.ts';
import { identityOf } from '../../../support/peers/test-peer.ts';

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

const reached = async (): Promise<Dialled> => ({
  type: 'batch',
  batch: { call: async () => null },
});
const dialBack = (dial: Dial) =>
  new DialBack({ world, dial, signal: new AbortController().signal });
const CALLER = { identity: identityOf('Carol'), host: '192.0.2.7' };
const codeOf = (call: Promise<unknown>): Promise<ProblemCode> =>
  call.then(
    () => Promise.reject(new Error('it was done')),
    (error) => problemOf(error).code,
  );

describe('a dial-back', () => {
  test('goes to the caller’s host and identity, encrypted, at whatever port', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 65_535 }), async (port) => {
        const dial = vi.fn<Dial>(reached);
        const answer = await dialBack(dial).forCaller(CALLER)(port);
        expect(answer).toEqual({ reachable: true, problemCode: null });
        expect(dial).toHaveBeenCalledExactlyOnceWith(
          { scheme: 'secure', host: CALLER.host, port },
          expect.objectContaining({ expectIdentity: CALLER.identity }),
        );
      }),
    );
  });

  test('distinguishes three failures, and no more', async () => {
    const outcomes = new Set<unknown>();
    for (const code of PROBLEM_CODES) {
      const { reachable, problemCode } = await dialBack(async () => raise(code)).forCaller(CALLER)(
        1,
      );
      expect(reachable).toBe(false);
      outcomes.add(problemCode);
    }
    expect(outcomes).toEqual(new Set(['refused', 'timed-out', 'identity-changed']));
  });

  test('times out after ten seconds', async () => {
    const waits: Dial = (_address, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const answer = dialBack(waits).forCaller(CALLER)(8080);
    await world.advance(10_000);
    expect(await answer).toEqual({ reachable: false, problemCode: 'timed-out' });
  });

  test('runs once at a time per caller', async () => {
    const { promise, resolve } = Promise.withResolvers<Dialled>();
    const call = dialBack(() => promise).forCaller(CALLER);
    const first = call(8080);
    expect(await codeOf(call(8081))).toBe('over-limit');
    resolve(await reached());
    expect((await first).reachable).toBe(true);
    expect((await call(8081)).reachable).toBe(true);
  });

  test('is limited to three a minute per caller', async () => {
    const call = dialBack(reached).forCaller(CALLER);
    for (let count = 0; count < 3; count += 1) await call(8080);
    expect(await codeOf(call(8080))).toBe('over-limit');
    await world.advance(21_000);
    await call(8080);
    expect(await codeOf(call(8080))).toBe('over-limit');
  });

  test('is limited to four callers at a time', async () => {
    const { promise, resolve } = Promise.withResolvers<Dialled>();
    const busy = dialBack(() => promise);
    const calls = Array.from({ length: 4 }, () => busy.forCaller(CALLER)(8080));
    expect(await codeOf(busy.forCaller(CALLER)(8080))).toBe('over-limit');
    resolve(await reached());
    await Promise.all(calls);
    expect((await busy.forCaller(CALLER)(8080)).reachable).toBe(true);
  });
});

describe('the requested port', () => {
  const rootOn = (dialled: (port: number) => void) =>
    new ParleyCapability(
      {
        name: () => 'Bob',
        received: async () => 0,
        receivedCount: async () => 0,
        link: async () => raise('stopped'),
        clock: async () => 0,
        dialBack: async (port) => {
          dialled(port);
          return { reachable: true, problemCode: null };
        },
      },
      DEFAULT_LIMITS,
      async (call) => call(),
    );

  test('must be valid; anything else is refused before a dial', async () => {
    const dialled = vi.fn<(port: number) => void>();
    const root = rootOn(dialled);
    const anything = fc.anything().filter((it) => !(Number.isInteger(it) && Number(it) > 0));
    const outside = fc.oneof(anything, fc.integer({ max: 0 }), fc.integer({ min: 65_536 }));
    await fc.assert(
      fc.asyncProperty(outside, async (port) => {
        expect(await codeOf(root.dialBack(port))).toBe('bad-input');
      }),
    );
    expect(dialled).not.toHaveBeenCalled();
    await root.dialBack(65_535);
    expect(dialled).toHaveBeenCalledExactlyOnceWith(65_535);
  });
});
