import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TokenBucket } from '../../../../../src/core/base/token-bucket.ts';
import { heldChange } from '../../../../../src/core/net/frames/rpc-message.ts';
import { CallSlots, MeteredCall } from '../../../../../src/core/net/scheduling/call-slots.ts';
import { Semaphore } from '../../../../../src/core/net/scheduling/semaphore.ts';
import { heldAnswersLimit, idleFramesLimit } from '../../../../../src/core/net/websocket/quotas.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../../src/shared/model/limits.ts';

const limits: Limits = {
  ...DEFAULT_LIMITS,
  heldAnswers: 10,
  idleFramesPerSecond: 10,
  idleFrameBurst: 5,
  connections: 4,
  connectionsPerAddress: 2,
};

function clock(): { now: number; uptime: () => number } {
  const time = { now: 0, uptime: () => time.now };
  return time;
}

describe('a token bucket', () => {
  test('never admits more than the burst plus what has been refilled', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 2_000 }), count: fc.nat(8) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const time = clock();
        const bucket = new TokenBucket(10, 5, time.uptime);
        let taken = 0;
        for (const { wait, count } of steps) {
          time.now += wait;
          if (bucket.take(count)) taken += count;
          expect(taken).toBeLessThanOrEqual(5 + (time.now / 1000) * 10 + 1e-6);
        }
      }),
    );
  });

  test('never limits a caller that stays below the rate', () => {
    const time = clock();
    const bucket = new TokenBucket(10, 5, time.uptime);
    for (let call = 0; call < 1_000; call += 1) {
      time.now += 100;
      expect(bucket.take(1)).toBe(true);
    }
  });
});

describe('a semaphore', () => {
  test('never grants more permits than it has, in FIFO order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('ask', 'leave', 'pause'), { maxLength: 60, size: 'max' }),
        async (bound, steps) => {
          const semaphore = new Semaphore((wanted) => wanted >= bound);
          let asked = 0;
          let inside = 0;
          const entered: number[] = [];
          for (const step of [...steps, 'pause']) {
            if (step === 'ask') {
              const number = asked;
              asked += 1;
              const enter = () => {
                inside += 1;
                entered.push(number);
              };
              const wait = semaphore.acquire();
              if (wait === null) enter();
              else {
                void wait.then(() => {
                  semaphore.resumed();
                  enter();
                });
              }
            } else if (step === 'leave' && inside > 0) {
              inside -= 1;
              semaphore.release();
            }
            if (step !== 'pause') continue;
            await Promise.resolve();
            expect(inside).toBeLessThanOrEqual(bound);
            expect(semaphore.full).toBe(semaphore.demand >= bound);
            expect(inside).toBe(Math.min(bound, semaphore.demand));
          }
          expect(entered).toEqual(entered.map((_, index) => index));
        },
      ),
    );
  });
});

describe('open calls by bytes', () => {
  test('are admitted until the limit is passed, at least one, and resume in order', async () => {
    const slots = new CallSlots((wanted, bytes) => wanted > 0 && bytes >= 100);
    const source = { open: 0, demand: 0 };
    const entered: string[] = [];
    const ask = (name: string, bytes: number) => {
      const call = new MeteredCall(source, bytes);
      const wait = slots.acquire(call);
      if (wait === null) entered.push(name);
      else
        void wait.then(() => {
          slots.resumed(call);
          entered.push(name);
        });
      return call;
    };
    const large = ask('large', 500);
    const small = ask('small', 10);
    const other = ask('also small', 10);
    expect(slots.full).toBe(true);
    expect(entered).toEqual(['large']);
    slots.release(large);
    await Promise.resolve();
    expect(entered).toEqual(['large', 'small', 'also small']);
    expect(slots.full).toBe(false);
    slots.release(small);
    slots.release(other);
    expect([slots.demand, source]).toEqual([0, { open: 0, demand: 0 }]);
  });
});

describe('unreleased answers of a connection', () => {
  const greet = heldChange(['push', ['pipeline', 0, ['greet'], []]]);
  const release = (id: number, count = 1) => heldChange(['release', id, count]);

  test('are limited in number at a time, not in total', () => {
    const patient = heldAnswersLimit(limits);
    for (let id = 1; id <= 100; id += 1) {
      patient(greet);
      patient(release(id));
    }
    const hoarder = heldAnswersLimit(limits);
    hoarder(10 * greet);
    expect(() => hoarder(greet)).toThrow('held without being released; the limit is 10');
  });

  test('are not reduced by releases of unknown ids', () => {
    const held = heldAnswersLimit(limits);
    const count = () => held(greet + release(0) + release(-1) + release(1, 2));
    for (let call = 0; call < 10; call += 1) count();
    expect(count).toThrow('held without being released');
  });
});

describe('pings and empty frames', () => {
  test('end the connection above their rate limit', () => {
    const time = clock();
    const idle = idleFramesLimit(limits, time.uptime);
    for (let frame = 0; frame < 5; frame += 1) idle();
    expect(() => idle()).toThrow(
      'Too many pings and empty frames; the limit is 10 a second, 5 at once.',
    );
    time.now += 100;
    idle();
  });
});
