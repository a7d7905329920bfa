import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventPump } from '../../../../src/shared/bridge/event-pump.ts';
import type {
  EventBatch,
  PeerEvent,
  SequencedEvent,
} from '../../../../src/shared/bridge/events.ts';
import { FAKE_SELF } from '../../../support/peers/fake-peer-app.ts';

const event = (seq: number): SequencedEvent => ({
  seq,
  event: { type: 'self-changed', self: FAKE_SELF },
});
const events = (...seqs: number[]): EventBatch => ({ type: 'events', events: seqs.map(event) });

/** A page that takes a delivery only when told to. */
function slowPage() {
  const delivered: EventBatch[] = [];
  const waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  const pump = new EventPump<PeerEvent>((batch) => {
    delivered.push(batch);
    return new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
  });
  const take = async () => {
    waiting.shift()?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const fail = async () => {
    waiting.shift()?.reject(new Error('gone'));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { pump, delivered, take, fail };
}

const seqsOf = (batches: readonly EventBatch[]): readonly (number | string)[] =>
  batches.flatMap<number | string>((it) =>
    it.type === 'gap' ? ['gap'] : it.events.map(({ seq }) => seq),
  );

test('events arrive in order, none twice, however they are batched', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 8 }), async (sizes) => {
      const { pump, delivered, take } = slowPage();
      let seq = 0;
      for (const size of sizes) {
        pump.push(events(...Array.from({ length: size }, () => (seq += 1))));
        if (size % 2) await take();
      }
      for (let count = 0; count < 30; count += 1) await take();
      expect(seqsOf(delivered)).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
      for (const batch of delivered) {
        if (batch.type === 'events') expect(batch.events.length).toBeLessThanOrEqual(50);
      }
    }),
    { numRuns: 30 },
  );
});

test('only one delivery is in flight at a time', async () => {
  const { pump, delivered, take } = slowPage();
  pump.push(events(1));
  pump.push(events(2));
  pump.push(events(3));
  expect(seqsOf(delivered)).toEqual([1]);
  await take();
  expect(seqsOf(delivered)).toEqual([1, 2, 3]);
  expect(delivered).toHaveLength(2);
});

test('a page that cannot keep up gets a gap instead of an endless queue', async () => {
  const { pump, delivered, take } = slowPage();
  for (let seq = 1; seq <= 5_000; seq += 1) pump.push(events(seq));
  for (let count = 0; count < 200; count += 1) await take();
  const seqs = seqsOf(delivered);
  expect(seqs.slice(0, 2)).toEqual([1, 'gap']);
  expect(seqs.length).toBeLessThan(2_100);
  expect(seqs.at(-1)).toBe(5_000);
});

test('a gap is passed on, and earlier events are dropped', async () => {
  const { pump, delivered, take } = slowPage();
  pump.push(events(1));
  pump.push(events(2));
  pump.push({ type: 'gap' });
  pump.push(events(9));
  for (let count = 0; count < 4; count += 1) await take();
  expect(seqsOf(delivered)).toEqual([1, 'gap', 9]);
});

test('nothing is delivered after a failure or after the end', async () => {
  const failing = slowPage();
  failing.pump.push(events(1));
  await failing.fail();
  failing.pump.push(events(2));
  expect(seqsOf(failing.delivered)).toEqual([1]);
  const ended = slowPage();
  ended.pump.push(events(1));
  ended.pump.push(events(2));
  ended.pump.end();
  await ended.take();
  expect(seqsOf(ended.delivered)).toEqual([1]);
});
