import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Tickets } from '../../../../src/hosts/web/tickets.ts';

function setUp() {
  let now = 0;
  const tickets = new Tickets({ randomBytes, uptime: () => now });
  const wait = (time: number) => {
    now += time;
  };
  return { tickets, wait };
}

test('a ticket is valid once', () => {
  const { tickets } = setUp();
  const ticket = tickets.issue();
  expect(tickets.take(ticket)).toBe(true);
  expect(tickets.take(ticket)).toBe(false);
});

test('a ticket expires after a minute', () => {
  const { tickets, wait } = setUp();
  const [first, second] = [tickets.issue(), tickets.issue()];
  wait(59_999);
  expect(tickets.take(first)).toBe(true);
  wait(1);
  expect(tickets.take(second)).toBe(false);
});

test('an unknown ticket is invalid, and the oldest are dropped above the limit', () => {
  const { tickets } = setUp();
  expect(tickets.take('')).toBe(false);
  const all = Array.from({ length: 17 }, () => tickets.issue());
  expect(all.map((it) => tickets.take(it))).toEqual([false, ...Array(16).fill(true)]);
});
