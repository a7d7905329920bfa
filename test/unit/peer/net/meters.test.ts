import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallMeter } from '../../../../src/peer/net/call-meter.ts';
import { ConnectionGate } from '../../../../src/peer/net/connection-gate.ts';
import { checkMessage } from '../../../../src/peer/net/frame-guard.ts';
import { FrameMeter } from '../../../../src/peer/net/frame-meter.ts';
import { TokenBucket } from '../../../../src/peer/net/token-bucket.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../src/shared/limits.ts';

const limits: Limits = {
  ...DEFAULT_LIMITS,
  openCalls: 3,
  callsPerSecond: 10,
  callBurst: 5,
  connections: 4,
  connectionsPerAddress: 2,
};

function clock(): { now: number; uptime: () => number } {
  const time = { now: 0, uptime: () => time.now };
  return time;
}

describe('a token bucket', () => {
  it('never lets more through than the burst and what time has earned', () => {
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

  it('lets a caller who keeps to the rate through for ever', () => {
    const time = clock();
    const bucket = new TokenBucket(10, 5, time.uptime);
    for (let call = 0; call < 1_000; call += 1) {
      time.now += 100;
      expect(bucket.take(1)).toBe(true);
    }
  });
});

describe('the calls of one caller', () => {
  it('are refused one by one when too many are open, and taken again when one ends', async () => {
    const meter = new CallMeter(limits, clock().uptime);
    const ends = [1, 2, 3].map(() => Promise.withResolvers<string>());
    const running = ends.map(({ promise }) => meter.run(() => promise));
    await expect(meter.run(() => 'x')).rejects.toThrow(
      'Too many calls are open; the limit is 3 at once.',
    );
    ends[0]?.resolve('a');
    ends[1]?.reject(new Error('b'));
    expect(await Promise.allSettled(running.slice(0, 2))).toHaveLength(2);
    expect(meter.open).toBe(1);
    expect(await meter.run(() => 'x')).toBe('x');
  });

  it('are let go of however they end', async () => {
    const meter = new CallMeter(limits, clock().uptime);
    const fail = () => {
      throw new Error('at once');
    };
    await expect(meter.run(fail)).rejects.toThrow('at once');
    await expect(meter.run(() => Promise.reject(new Error('later')))).rejects.toThrow('later');
    expect(meter.open).toBe(0);
  });

  it('are refused above the rate, with the limit in words', async () => {
    const time = clock();
    const meter = new CallMeter(limits, time.uptime);
    for (let call = 0; call < 5; call += 1) await meter.run(() => call);
    await expect(meter.run(() => 6)).rejects.toThrow(
      'Too many calls; the limit is 10 a second, 5 at once.',
    );
    time.now += 100;
    expect(await meter.run(() => 7)).toBe(7);
  });
});

describe('the frames of one caller', () => {
  const greet = checkMessage('["push",["pipeline",0,["greet"],[]]]', limits);
  const release = (id: number) => checkMessage(`["release",${id},1]`, limits);

  it('may go twice over the rate, then the connection ends', () => {
    const meter = new FrameMeter(limits, clock().uptime);
    meter.admit(Array(10).fill(greet));
    expect(() => meter.admit([greet])).toThrow('the limit is 10 calls a second, 5 at once');
  });

  it('may not hoard answers, but may hold and release them for ever', () => {
    const time = clock();
    const patient = new FrameMeter(limits, time.uptime);
    for (let id = 1; id <= 100; id += 1) {
      time.now += 1_000;
      patient.admit([greet]);
      patient.admit([release(id)]);
    }
    const hoarder = new FrameMeter(limits, time.uptime);
    for (let call = 0; call < 10; call += 1) {
      time.now += 1_000;
      hoarder.admit([greet]);
    }
    time.now += 1_000;
    expect(() => hoarder.admit([greet])).toThrow('held without being released; the limit is 10');
  });

  it('do not lower what is held by releasing what never was', () => {
    const time = clock();
    const meter = new FrameMeter(limits, time.uptime);
    for (let call = 0; call < 10; call += 1) {
      time.now += 1_000;
      meter.admit([greet, release(0), release(-1), checkMessage('["release",1,2]', limits)]);
    }
    time.now += 1_000;
    expect(() => meter.admit([greet])).toThrow('held without being released');
  });

  it('count even when they hold nothing', () => {
    const meter = new FrameMeter(limits, clock().uptime);
    const flood = () => {
      for (let frame = 0; frame < 100; frame += 1) meter.admit([]);
    };
    expect(flood).toThrow('Too many messages');
  });
});

describe('the connection gate', () => {
  it('counts per address and in all, and forgets who left', () => {
    const gate = new ConnectionGate(limits);
    expect([gate.enter('a'), gate.enter('a')]).toEqual([null, null]);
    expect(gate.enter('a')).toBe('Too many connections from your address; the limit is 2.');
    expect([gate.enter('b'), gate.enter('b')]).toEqual([null, null]);
    expect(gate.enter('c')).toBe('Too many connections; the limit is 4.');
    gate.leave('a');
    expect(gate.enter('c')).toBeNull();
    gate.leave('b');
    expect(gate.enter('a')).toBeNull();
  });
});
