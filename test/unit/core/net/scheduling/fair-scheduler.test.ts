import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  ConnectionQueue,
  QueueLimits,
} from '../../../../../src/core/net/scheduling/connection-queue.ts';
import { FairScheduler } from '../../../../../src/core/net/scheduling/fair-scheduler.ts';
import type { Job } from '../../../../../src/core/net/scheduling/job.ts';

const LIMITS: QueueLimits = {
  openCalls: 4,
  openCallsOfCaller: 8,
  openBytesBesideOthers: 100,
  openBytesOfCaller: 10_000,
  openCallsBesideOthers: 3,
  waitingBytes: 1_000,
};
/** More than the turns of one caller may hold, and what a single piece may add. */
const SLICE = 250;

/** A scheduler whose event loop is the test. */
class Loop {
  readonly scheduler: FairScheduler;
  now = 0;
  #next: (() => void) | null = null;

  constructor(limits: Partial<QueueLimits> = {}) {
    this.scheduler = new FairScheduler({
      limits: { ...LIMITS, ...limits },
      uptime: () => this.now,
      defer: (task) => {
        expect(this.#next).toBeNull();
        this.#next = task;
      },
    });
  }

  get waiting(): boolean {
    return this.#next !== null;
  }

  tick(): void {
    const task = this.#next;
    this.#next = null;
    task?.();
  }

  /** Ticks until the backlog is empty; fails if it never is. */
  rest(): void {
    for (let ticks = 0; this.waiting; ticks += 1) {
      if (ticks > 10_000) throw new Error('There is no end of it.');
      this.tick();
    }
  }
}

/** A connection that records the jobs run on it. */
class Connection {
  readonly queue: ConnectionQueue;
  readonly offered: number[] = [];
  readonly done: number[] = [];
  reading = true;
  had = 0;

  constructor(scheduler: FairScheduler, address: string, identity: string | null = null) {
    this.queue = scheduler.openQueue(address, identity, (reading) => {
      expect(reading).toBe(!this.reading);
      this.reading = reading;
    });
  }

  /** A job of so many steps, each of the same cost. */
  offer(pieces: number, weight: number, bytes = 0): void {
    const number = this.offered.length;
    this.offered.push(number);
    let left = pieces;
    const job: Job = {
      bytes,
      get done() {
        return left === 0;
      },
      step: () => {
        left -= 1;
        this.had += weight;
        if (left === 0) this.done.push(number);
        return weight;
      },
    };
    this.queue.offer(job);
  }
}

const place = fc.constantFrom('a', 'b', 'c');
const identity = fc.constantFrom('Alice', 'Bob');
const step = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('connect' as const),
      place,
      identity: fc.option(identity),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('choose' as const), identity, has: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('offer' as const),
      at: fc.nat(20),
      pieces: fc.integer({ min: 1, max: 5 }),
      weight: fc.integer({ min: 1, max: 700 }),
      bytes: fc.nat(900),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('turn' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('hold' as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('release' as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close' as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat(400) }) },
);

describe('the fair scheduler', () => {
  test('keeps each connection’s order, loses and repeats nothing, and is empty at the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const loop = new Loop();
        const open = [new Connection(loop.scheduler, 'a')];
        const all = [...open];
        for (const it of steps) {
          const one = 'at' in it ? open[it.at % Math.max(1, open.length)] : undefined;
          if (it.type === 'connect') {
            const made = new Connection(loop.scheduler, it.place, it.identity);
            open.push(made);
            all.push(made);
          } else if (it.type === 'choose') loop.scheduler.setOwnFlow(it.identity, it.has);
          else if (it.type === 'offer') one?.offer(it.pieces, it.weight, it.bytes);
          else if (it.type === 'turn') loop.tick();
          else if (it.type === 'hold') one?.queue.hold();
          else if (it.type === 'release') one?.queue.release();
          else if (it.type === 'wait') loop.now += it.ms;
          else if (one !== undefined) {
            one.queue.close();
            open.splice(open.indexOf(one), 1);
          }
          // Nobody waits for nothing: whatever can be done has its turn coming.
          if (all.some(({ queue }) => queue.ready)) expect(loop.waiting).toBe(true);
          for (const { queue, reading } of open) {
            if (queue.waitingBytes > LIMITS.waitingBytes) expect(reading).toBe(false);
          }
        }
        for (const { queue } of open) queue.release();
        loop.rest();
        for (const { done, offered } of all) expect(done).toEqual(offered);
        for (const { reading } of open) expect(reading).toBe(true);
        for (const { queue } of open) queue.close();
        loop.rest();
        expect(loop.scheduler.callers).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('serves backlogged callers equally, however many connections and steps they have', () => {
    const caller = fc.record({
      connections: fc.integer({ min: 1, max: 20 }),
      weight: fc.integer({ min: 1, max: 600 }),
    });
    fc.assert(
      fc.property(fc.array(caller, { minLength: 2, maxLength: 6 }), (callers) => {
        const loop = new Loop({ waitingBytes: Number.POSITIVE_INFINITY });
        const groups = callers.map(({ connections, weight }, index) => {
          const group = Array.from(
            { length: connections },
            () => new Connection(loop.scheduler, String(index)),
          );
          for (const one of group) one.offer(100_000, weight);
          return { group, weight };
        });
        for (let turn = 0; turn < 100; turn += 1) loop.tick();
        const had = groups.map(({ group }) => group.reduce((sum, one) => sum + one.had, 0));
        const heaviest = Math.max(...groups.map(({ weight }) => weight));
        // What comes first goes ahead once, without waiting.
        const slack = 2 * (SLICE + heaviest) + 2 * SLICE;
        expect(Math.max(...had) - Math.min(...had)).toBeLessThanOrEqual(slack);
        for (const { group, weight } of groups) {
          const each = group.map((one) => one.had);
          expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(
            2 * (SLICE + weight) + 2 * SLICE,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  test('runs a lone message at once, even beside sixty connections that never pause', () => {
    const loop = new Loop();
    const honest = new Connection(loop.scheduler, 'honest');
    honest.offer(1, 50);
    expect(honest.done).toEqual([0]);
    const hostile = Array.from({ length: 60 }, () => new Connection(loop.scheduler, 'hostile'));
    for (const one of hostile) for (let frame = 0; frame < 50; frame += 1) one.offer(128, 50, 900);
    for (let call = 1; call <= 50; call += 1) {
      for (let turn = 0; turn < 5; turn += 1) loop.tick();
      honest.offer(1, 50);
      expect(honest.done).toHaveLength(call + 1);
    }
    const [first] = hostile;
    expect(first?.reading).toBe(false);
  });

  test('runs at most one tick budget of a flood before it reads from other callers', () => {
    const loop = new Loop();
    const hostile = Array.from({ length: 60 }, () => new Connection(loop.scheduler, 'hostile'));
    const had = () => hostile.reduce((sum, one) => sum + one.had, 0);
    for (const one of hostile) one.offer(1_000, 50);
    const other = new Connection(loop.scheduler, 'other');
    other.offer(1, 50);
    for (let turn = 0; turn < 50; turn += 1) {
      const before = had();
      loop.tick();
      expect(had() - before).toBeLessThanOrEqual(600);
    }
  });

  test('does not resume a connection that has a new reason to pause', () => {
    const loop = new Loop();
    const one = new Connection(loop.scheduler, 'a');
    new Connection(loop.scheduler, 'other').offer(1_000, 50);
    one.offer(2, 600, 2_000);
    while (one.done.length === 0) loop.tick();
    expect(one.reading).toBe(false);
    // What was under way already comes all the same, and the other side stops reading.
    one.queue.hold();
    one.offer(1, 1, 2_000);
    for (let turn = 0; turn < 20; turn += 1) loop.tick();
    expect(one.reading).toBe(false);
    one.queue.release();
    loop.rest();
    expect([one.reading, one.done]).toEqual([true, [0, 1]]);
  });

  test('discards a large backlog of closed connections, so that reconnecting cannot fill memory', () => {
    const loop = new Loop();
    new Connection(loop.scheduler, 'other').offer(1_000, 50);
    const gone = Array.from({ length: 40 }, () => new Connection(loop.scheduler, 'hostile'));
    let finished = 0;
    for (const one of gone) {
      one.offer(1, 500, 60_000);
      one.offer(1, 500, 60_000);
      one.queue.close(() => {
        finished += 1;
      });
    }
    const left = gone.reduce((sum, { queue }) => sum + queue.waitingBytes, 0);
    expect(left).toBeLessThanOrEqual(512 * 1024);
    expect(left).toBeGreaterThan(0);
    loop.rest();
    expect(finished).toBe(40);
    expect(loop.scheduler.callers).toBe(1);
  });

  test('resumes only a few paused connections at a time', () => {
    const loop = new Loop();
    const hostile = Array.from({ length: 60 }, () => new Connection(loop.scheduler, 'hostile'));
    const reading = () => hostile.filter((one) => one.reading).length;
    for (const one of hostile) one.offer(1, 5, 2_000);
    for (const one of hostile) one.offer(1, 5, 2_000);
    loop.tick();
    while (reading() < 60) {
      const before = reading();
      expect(loop.waiting).toBe(true);
      loop.tick();
      expect(reading() - before).toBeLessThanOrEqual(8);
    }
  });
});

describe('open calls', () => {
  const never = () => new Promise<never>(() => {});

  test('above the limit of one connection wait, with everything behind them', async () => {
    const loop = new Loop();
    const one = new Connection(loop.scheduler, 'a');
    const ends = Array.from({ length: 5 }, () => Promise.withResolvers<string>());
    const begun: number[] = [];
    const calls = ends.map(({ promise }, index) =>
      one.queue.meter(() => {
        begun.push(index);
        return promise;
      }),
    );
    expect(begun).toEqual([0, 1, 2, 3]);
    one.offer(1, 1);
    expect(one.done).toEqual([]);
    ends[0]?.resolve('a');
    ends[1]?.reject(new Error('b'));
    expect(await Promise.allSettled(calls.slice(0, 2))).toHaveLength(2);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    loop.rest();
    expect(one.done).toEqual([0]);
  });

  test('that hold many bytes delay further calls of their caller, on all its connections', async () => {
    const loop = new Loop();
    const both = ['a', 'a'].map((it) => new Connection(loop.scheduler, it));
    const done = () => both.reduce((sum, one) => sum + one.done.length, 0);
    const end = Promise.withResolvers<null>();
    const calls = both.map((one) => one.queue.meter(() => end.promise, { bytes: 50 }));
    for (let index = 0; index < 15; index += 1) for (const one of both) one.offer(1, 300, 1_000);
    loop.rest();
    expect(done()).toBeLessThan(12);
    end.resolve(null);
    await Promise.all(calls);
    loop.rest();
    expect(done()).toBe(30);
  });

  test('are limited over all connections of a caller, more tightly under contention', () => {
    const loop = new Loop();
    const [first, second, other] = ['a', 'a', 'b'].map((it) => new Connection(loop.scheduler, it));
    let begun = 0;
    const open = (connection: Connection | undefined, count: number) => {
      for (let call = 0; call < count; call += 1) {
        void connection?.queue.meter(() => {
          begun += 1;
          return never();
        });
      }
    };
    first?.offer(1, 1);
    open(first, 4);
    open(second, 4);
    expect(begun).toBe(8);
    loop.tick();
    other?.offer(1, 1);
    open(other, 4);
    expect(begun).toBe(11);
    // Alone again.
    loop.now += 1_000;
    other?.offer(1, 1);
    open(other, 1);
    expect(begun).toBe(11);
  });

  test('that wait for the network delay only their own connection', () => {
    const loop = new Loop({ openCallsOfCaller: 3 });
    const [stuck, free] = ['a', 'a'].map((it) => new Connection(loop.scheduler, it));
    for (let call = 0; call < 10; call += 1)
      void stuck?.queue.meter(never, { waitsFor: 'network' });
    stuck?.offer(1, 1);
    free?.offer(1, 1);
    expect([stuck?.done, free?.done]).toEqual([[], [0]]);
  });

  test('release their slot however they end', async () => {
    const loop = new Loop({ openCalls: 1 });
    const one = new Connection(loop.scheduler, 'a');
    const fail = () => {
      throw new Error('at once');
    };
    await expect(one.queue.meter(fail)).rejects.toThrow('at once');
    await expect(one.queue.meter(() => Promise.reject(new Error('later')))).rejects.toThrow(
      'later',
    );
    one.offer(1, 1);
    expect(one.done).toEqual([0]);
  });
});

describe('a flow of a contact', () => {
  const flood = (loop: Loop) => {
    const all = Array.from({ length: 60 }, () => new Connection(loop.scheduler, 'nat', 'hostile'));
    for (const one of all) one.offer(100_000, 50);
    return all;
  };
  const had = (connections: readonly Connection[]) =>
    connections.reduce((sum, one) => sum + one.had, 0);

  test('is given to existing connections when an identity is chosen, and withdrawn when it is not', () => {
    const loop = new Loop();
    const hostile = flood(loop);
    const friend = new Connection(loop.scheduler, 'nat', 'friend');
    friend.offer(100_000, 50);
    const during = (turns: number) => {
      const before = [had(hostile), friend.had] as const;
      for (let turn = 0; turn < turns; turn += 1) loop.tick();
      return [had(hostile) - before[0], friend.had - before[1]] as const;
    };
    const [theirs, ours] = during(400);
    expect(ours).toBeLessThan(theirs / 20);
    loop.scheduler.setOwnFlow('friend', true);
    const [theirsBeside, oursBeside] = during(400);
    expect(Math.abs(theirsBeside - oursBeside)).toBeLessThanOrEqual(4 * SLICE);
    loop.scheduler.setOwnFlow('friend', false);
    const [theirsAfter, oursAfter] = during(400);
    expect(oursAfter).toBeLessThan(theirsAfter / 20);
    expect(loop.scheduler.callers).toBe(1);
  });

  test('is not given to callers behind one address, however many identities they present', () => {
    const loop = new Loop();
    const hostile = Array.from(
      { length: 1_500 },
      (_, index) => new Connection(loop.scheduler, 'nat', `identity ${index}`),
    );
    for (const one of hostile) one.offer(1_000, 50);
    const other = new Connection(loop.scheduler, 'elsewhere', 'somebody');
    other.offer(100_000, 50);
    for (let turn = 0; turn < 200; turn += 1) loop.tick();
    expect(loop.scheduler.callers).toBe(2);
    expect(Math.abs(had(hostile) - other.had)).toBeLessThanOrEqual(4 * SLICE);
  });

  test('takes over open calls and backlog, and leaves the other connections to the address', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ type: fc.constant('call' as const), at: fc.nat(3) }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('end' as const), at: fc.nat(20) }) },
      {
        weight: 1,
        arbitrary: fc.record({ type: fc.constant('choose' as const), has: fc.boolean() }),
      },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(step, fc.constantFrom(0, 60, 40_000)), { maxLength: 60, size: 'max' }),
        async (steps) => {
          const loop = new Loop({ openCalls: 100, openCallsOfCaller: 5 });
          const connections = [null, 'friend', 'friend', 'else'].map(
            (it) => new Connection(loop.scheduler, 'nat', it),
          );
          const asked: number[][] = connections.map(() => []);
          const begun: number[][] = connections.map(() => []);
          const open: { readonly at: number; readonly end: () => void }[] = [];
          let calls = 0;
          let chosen = false;
          for (const [it, bytes] of steps) {
            if (it.type === 'call') {
              const number = calls;
              calls += 1;
              asked[it.at]?.push(number);
              void connections[it.at]?.queue.meter(
                () => {
                  begun[it.at]?.push(number);
                  const { promise, resolve } = Promise.withResolvers<void>();
                  open.push({ at: it.at, end: resolve });
                  return promise;
                },
                { bytes },
              );
            } else if (it.type === 'choose') {
              chosen = it.has;
              loop.scheduler.setOwnFlow('friend', chosen);
            } else {
              open.splice(it.at % Math.max(1, open.length), 1)[0]?.end();
            }
            for (let tick = 0; tick < 8; tick += 1) await Promise.resolve();
            // Nobody waits while there is a place, wherever it has moved.
            const groups = chosen
              ? [
                  [0, 3],
                  [1, 2],
                ]
              : [[0, 1, 2, 3]];
            for (const group of groups) {
              const inside = open.filter(({ at }) => group.includes(at)).length;
              const waits = group.some((at) => begun[at]?.length !== asked[at]?.length);
              if (waits) expect(inside).toBeGreaterThanOrEqual(5);
            }
          }
          while (open.length > 0) {
            open.shift()?.end();
            for (let tick = 0; tick < 8; tick += 1) await Promise.resolve();
          }
          expect(begun).toEqual(asked);
          for (const { queue } of connections) queue.close();
          loop.rest();
          expect(loop.scheduler.callers).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('connections that share an address', () => {
  const never = () => new Promise<never>(() => {});
  const LARGE = 64 * 1024;

  test('let a small call of one overtake large calls of others, and stay readable', () => {
    const loop = new Loop();
    const hostile = Array.from({ length: 3 }, () => new Connection(loop.scheduler, 'nat'));
    // Somebody else calls too, so that few may be open.
    new Connection(loop.scheduler, 'elsewhere').offer(1, 1);
    for (const one of hostile) {
      one.offer(1, 50, LARGE);
      for (let call = 0; call < 4; call += 1) void one.queue.meter(never, { bytes: LARGE });
      one.offer(1, 50, LARGE);
    }
    loop.rest();
    const honest = new Connection(loop.scheduler, 'nat');
    honest.offer(1, 50, 100);
    let begun = false;
    void honest.queue.meter(
      () => {
        begun = true;
        return never();
      },
      { bytes: 5 },
    );
    loop.rest();
    expect([honest.done, begun]).toEqual([[0], true]);
    expect(hostile.map(({ done }) => done.length)).toEqual([1, 0, 0]);
  });

  test('get free call slots in turn, not in order of request', async () => {
    const loop = new Loop({ openCallsOfCaller: 3 });
    const [greedy, modest] = ['nat', 'nat'].map((it) => new Connection(loop.scheduler, it));
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const call = (one: Connection | undefined, name: string) =>
      void one?.queue.meter(
        () => {
          order.push(name);
          const { promise, resolve } = Promise.withResolvers<void>();
          ends.push(resolve);
          return promise;
        },
        { bytes: LARGE },
      );
    for (let at = 0; at < 4; at += 1) call(greedy, 'greedy');
    call(modest, 'modest');
    ends[0]?.();
    for (let tick = 0; tick < 8; tick += 1) await Promise.resolve();
    expect(order).toEqual(['greedy', 'greedy', 'greedy', 'modest']);
  });

  test('cannot fill memory with small calls that never end', () => {
    const loop = new Loop({ openBytesBesideOthers: 50_000, openCallsOfCaller: 10 });
    const all = Array.from({ length: 500 }, () => new Connection(loop.scheduler, 'nat'));
    for (const one of all) {
      one.offer(1, 50, 900);
      void one.queue.meter(never, { bytes: 900 });
    }
    loop.rest();
    expect(all.filter(({ done }) => done.length > 0).length).toBeLessThanOrEqual(12);
  });
});
