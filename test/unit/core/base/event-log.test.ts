import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLog } from '../../../../src/core/base/event-log.ts';
import type { EventBatch, PeerEvent } from '../../../../src/shared/bridge/events.ts';

const event = (contactId: string): PeerEvent => ({
  type: 'conversation-removed',
  contactId,
  mergedInto: null,
});

const fresh = () => {
  const unexpected: unknown[] = [];
  return { log: new EventLog((error) => unexpected.push(error)), unexpected };
};

test('a subscriber gets every event after its last one, once and in order, or is told of a gap', () => {
  fc.assert(
    fc.property(
      fc.nat(2_500),
      fc.integer({ min: 0, max: 3_000 }),
      fc.nat(20),
      (before, from, after) => {
        const { log } = fresh();
        for (let index = 0; index < before; index += 1) log.publish(event(`${index}`));
        const seen: number[] = [];
        let gap = false;
        log.subscribe(from, (batch) => {
          if (batch.type === 'gap') gap = true;
          else seen.push(...batch.events.map(({ seq }) => seq));
        });
        for (let index = 0; index < after; index += 1) log.publish(event(`${index}`));
        const first = gap ? before + 1 : from + 1;
        const wanted = Array.from(
          { length: Math.max(0, before + after - first + 1) },
          (_, i) => first + i,
        );
        expect(seen).toEqual(wanted);
        expect(gap).toBe(from > before || before - from > 1_000);
      },
    ),
    { numRuns: 200 },
  );
});

test('a subscriber that throws does not keep events from the others', () => {
  const { log, unexpected } = fresh();
  const seen: EventBatch[] = [];
  log.subscribe(0, () => {
    throw new Error('broken window');
  });
  log.subscribe(0, (batch) => seen.push(batch));
  log.publish(event('a'));
  expect(seen).toHaveLength(1);
  expect(unexpected).toHaveLength(1);
});

test('an unsubscribed listener gets no more events, and may unsubscribe during one', () => {
  const { log } = fresh();
  let heard = 0;
  const stop = log.subscribe(0, () => {
    heard += 1;
    stop();
  });
  log.publish(event('a'));
  log.publish(event('b'));
  expect(heard).toBe(1);
});
