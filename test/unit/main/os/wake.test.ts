import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reconnectOnWake } from '../../../../src/main/os/wake.ts';

function harness() {
  const power = new EventEmitter();
  let now = 0;
  let timer: { at: number; task: () => void } | null = null;
  const calls: number[] = [];
  reconnectOnWake({
    power,
    after: (ms, task) => {
      expect(timer).toBeNull();
      timer = { at: now + ms, task };
    },
    reconnect: () => calls.push(now),
  });
  const pass = (ms: number): void => {
    const until = now + ms;
    while (timer !== null && timer.at <= until) {
      const { at, task }: { at: number; task: () => void } = timer;
      now = at;
      timer = null;
      task();
    }
    now = until;
  };
  const wake = () => power.emit('resume');
  const unlock = () => power.emit('unlock-screen');
  return { calls, pass, wake, unlock };
}

describe('a wake-up', () => {
  test('connects at once', () => {
    const { calls, wake } = harness();
    wake();
    expect(calls).toEqual([0]);
  });

  test('followed by an unlock connects at once, and once more after both', () => {
    const { calls, pass, wake, unlock } = harness();
    wake();
    pass(500);
    unlock();
    unlock();
    pass(60_000);
    expect(calls).toEqual([0, 3_000]);
  });

  test('connects soon after any event, and at most once in three seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9_000), { maxLength: 30 }), (pauses) => {
        const { calls, pass, wake } = harness();
        let now = 0;
        const events: number[] = [];
        for (const pause of pauses) {
          pass(pause);
          now += pause;
          wake();
          events.push(now);
        }
        pass(10_000);
        for (const at of events) {
          expect(calls.some((call) => call >= at && call <= at + 3_000)).toBe(true);
        }
        for (const [index, call] of calls.entries()) {
          if (index > 0) expect(call - (calls[index - 1] ?? 0)).toBeGreaterThanOrEqual(3_000);
        }
      }),
    );
  });
});
