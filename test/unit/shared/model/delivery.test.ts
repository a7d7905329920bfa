import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canSendAgain,
  type DeliveryEvent,
  type DeliveryState,
  isPending,
  nextDelivery,
} from '../../../../src/shared/model/delivery.ts';

const STATES: readonly DeliveryState[] = [
  'queued',
  'sending',
  'delivered',
  'read',
  'unconfirmed',
  'failed',
];
const EVENTS: readonly DeliveryEvent[] = [
  'attempted',
  'acknowledged',
  'read',
  'answer-lost',
  'rejected',
  'send-again',
];
/** How far a message has come; the two that need the user stand outside. */
const RANK: Readonly<Partial<Record<DeliveryState, number>>> = {
  queued: 0,
  sending: 1,
  delivered: 2,
  read: 3,
};

const history = fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 });

/** Every step of a message that was queued and then lived through `events`. */
function steps(events: readonly DeliveryEvent[]) {
  let state: DeliveryState = 'queued';
  return events.map((event) => {
    const before = state;
    state = nextDelivery(state, event);
    return { before, event, after: state };
  });
}

describe('the state of an outgoing message', () => {
  test.each<[string, readonly DeliveryEvent[], DeliveryState]>([
    ['is delivered and read', ['attempted', 'acknowledged', 'read'], 'read'],
    ['is unchanged when nothing had been sent', ['attempted', 'not-sent'], 'queued'],
    ['allows any number of attempts', ['attempted', 'attempted', 'acknowledged'], 'delivered'],
    ['is read even without a delivery event before', ['attempted', 'read'], 'read'],
    ['is unconfirmed when no answer came', ['attempted', 'answer-lost'], 'unconfirmed'],
    ['is failed when it was refused', ['attempted', 'rejected'], 'failed'],
    [
      'is queued again when the user resends it',
      ['attempted', 'answer-lost', 'send-again'],
      'queued',
    ],
    ['is not resent by a late attempt', ['attempted', 'rejected', 'attempted'], 'failed'],
    ['cannot be unconfirmed before it was sent', ['answer-lost'], 'queued'],
    ['stays delivered when a refusal arrives late', ['acknowledged', 'rejected'], 'delivered'],
  ])('%s', (_, events, expected) => {
    expect(steps(events).at(-1)?.after).toBe(expected);
  });

  test('never goes backwards, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const { before, event, after } of steps(events)) {
          const from = RANK[before];
          const to = RANK[after];
          if (from !== undefined && to !== undefined) expect(to).toBeGreaterThanOrEqual(from);
          if (from === undefined && after !== before) {
            expect([event, after]).toEqual(['send-again', 'queued']);
          }
          if (to === undefined && after !== before) expect(isPending(before)).toBe(true);
        }
      }),
    );
  });

  test('stays read once read', () => {
    for (const event of EVENTS) expect(nextDelivery('read', event)).toBe('read');
  });

  test('returns to the outbox only by the user, from a final state that needs a decision', () => {
    for (const state of STATES) {
      const again = nextDelivery(state, 'send-again');
      expect(again).toBe(canSendAgain(state) ? 'queued' : state);
      for (const event of EVENTS) {
        const returned = !isPending(state) && isPending(nextDelivery(state, event));
        expect(returned).toBe(event === 'send-again' && canSendAgain(state));
      }
    }
  });

  test('is either pending, or waiting for the user, or delivered', () => {
    expect(STATES.filter(isPending)).toEqual(['queued', 'sending']);
    expect(STATES.filter(canSendAgain)).toEqual(['unconfirmed', 'failed']);
  });

  test('is unchanged by a repeated event', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STATES), fc.constantFrom(...EVENTS), (state, event) => {
        const once = nextDelivery(state, event);
        expect(nextDelivery(once, event)).toBe(once);
      }),
    );
  });
});
