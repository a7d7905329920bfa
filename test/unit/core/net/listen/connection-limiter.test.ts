import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  ConnectionLimiter,
  type ConnectionLimits,
  type ConnectionSlot,
  type Standing,
} from '../../../../../src/core/net/listen/connection-limiter.ts';

const LIMITS: ConnectionLimits = {
  connections: 6,
  connectionsOfStrangers: 6,
  connectionsOnProbation: 3,
  connectionsPerAddress: 2,
  connectionsPerContact: 2,
};

const standings = new Map<string, Standing>();
/** Chosen, unless a test says otherwise. */
const standingOf = (identity: string): Standing => standings.get(identity) ?? 2;

beforeEach(() => standings.clear());

/** A limiter, and who was cut at it. */
function limiterWith(limits: Partial<ConnectionLimits> = {}) {
  const limiter = new ConnectionLimiter({ ...LIMITS, ...limits }, standingOf);
  const cut: string[] = [];
  const enter = (network: string, name = network): ConnectionSlot =>
    limiter.admit(network, () => cut.push(name));
  return { limiter, cut, enter };
}

describe('the connection limiter', () => {
  test('limits the connections of each network, and does not count closed ones', () => {
    const { limiter, enter } = limiterWith();
    const first = enter('a');
    expect([first.reason, enter('a').reason]).toEqual([null, null]);
    expect(enter('a').reason).toBe('Too many connections from your address; the limit is 2.');
    expect(enter('b').reason).toBeNull();
    limiter.release(first);
    limiter.release(first);
    expect(enter('a').reason).toBeNull();
    expect(enter('a').reason).not.toBeNull();
  });

  test('evicts the oldest connection of the most crowded network when full', () => {
    const { enter, cut } = limiterWith({ connectionsPerAddress: 4 });
    for (const name of ['a1', 'a2', 'a3', 'a4']) enter('a', name);
    enter('b');
    enter('b');
    expect([enter('c').reason, cut]).toEqual([null, ['a1']]);
    expect([enter('c').reason, cut]).toEqual([null, ['a1', 'a2']]);
    // Now all networks have as many: nobody has to give way to one who would be as crowded.
    expect(enter('c').reason).toBe('Too many connections; the limit is 6.');
    expect(enter('d').reason).toBeNull();
    expect(cut).toHaveLength(3);
  });

  test('reserves for contacts the places that strangers may not take', () => {
    const { limiter, enter, cut } = limiterWith({ connections: 5, connectionsOfStrangers: 3 });
    for (const network of ['a', 'b', 'c']) expect(enter(network).reason).toBeNull();
    expect(enter('d').reason).toBe('Too many connections; the limit is 3.');
    for (const name of ['first', 'second', 'third']) limiter.authenticate(enter(name), name);
    // The third contact takes the place of the oldest stranger.
    expect(cut).toEqual(['a']);
    expect(enter('e').reason).not.toBeNull();
  });

  test('admits a contact when full, also from a full address', () => {
    const { limiter, enter, cut } = limiterWith();
    for (const network of ['a', 'b', 'c']) for (const name of ['1', '2']) enter(network, name);
    const door = enter('a', 'contact');
    expect(door.reason).not.toBeNull();
    limiter.authenticate(door, 'contact');
    expect([door.reason, cut]).toEqual([null, ['1']]);
    for (let come = 0; come < 100; come += 1) enter(`other ${come}`, 'other');
    for (let come = 0; come < 100; come += 1) enter('a', 'more');
    expect(cut).not.toContain('contact');
  });

  test('does not count contacts toward the limit of their address', () => {
    const { limiter, enter } = limiterWith({ connections: 100 });
    for (let contact = 0; contact < 64; contact += 1) {
      const slot = enter('nat');
      limiter.authenticate(slot, `contact ${contact}`);
      expect(slot.reason).toBeNull();
    }
    expect(enter('nat').reason).toBeNull();
  });

  test('keeps the connection of a caller that became a contact after the handshake', () => {
    const { limiter, enter, cut } = limiterWith({ connections: 3, connectionsPerAddress: 3 });
    standings.set('new', 0);
    limiter.authenticate(enter('a', 'new'), 'new');
    standings.set('new', 2);
    enter('a', 'older');
    enter('a', 'younger');
    expect([enter('b').reason, cut]).toEqual([null, ['older']]);
  });

  test('frees the places of strangers that became contacts', () => {
    const { limiter, enter, cut } = limiterWith({ connectionsOfStrangers: 2 });
    for (const name of ['a', 'b']) {
      standings.set(name, 0);
      limiter.authenticate(enter(name), name);
      standings.set(name, 2);
    }
    expect([enter('c').reason, enter('d').reason, cut]).toEqual([null, null, []]);
    expect([enter('e').reason, cut]).toEqual(['Too many connections; the limit is 2.', []]);
  });

  test('limits the connections of one contact', () => {
    const { limiter, enter } = limiterWith({ connections: 100 });
    const slots = Array.from({ length: 5 }, () => enter('a'));
    for (const slot of slots) limiter.authenticate(slot, 'contact');
    expect(slots.map(({ reason }) => reason === null)).toEqual([true, true, false, false, false]);
    limiter.release(slots[0] as ConnectionSlot);
    limiter.authenticate(slots[4] as ConnectionSlot, 'contact');
    expect(slots[4]?.reason).toBeNull();
  });

  test('evicts automatically accepted contacts for chosen ones, and chosen ones for no caller', () => {
    const { limiter, enter, cut } = limiterWith({ connections: 2 });
    standings.set('came', 1);
    limiter.authenticate(enter('a', 'came'), 'came');
    limiter.authenticate(enter('b', 'chosen'), 'chosen');
    const second = enter('c', 'second');
    limiter.authenticate(second, 'second');
    expect([second.reason, cut]).toEqual([null, ['came']]);
    const third = enter('d', 'third');
    limiter.authenticate(third, 'third');
    expect(third.reason).toBe('Too many connections; the limit is 2.');
    expect(cut).toEqual(['came']);
  });

  test('never exceeds its limits, and never evicts a chosen contact', () => {
    const step = fc.record({
      act: fc.constantFrom('enter', 'prove', 'leave'),
      network: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      at: fc.nat(30),
      standing: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const limits = { ...LIMITS, connectionsOfStrangers: 4 };
        const limiter = new ConnectionLimiter(limits, standingOf);
        const open = new Map<ConnectionSlot, 0 | 1 | 2>();
        /** Authenticated as a contact; whether one is promoted depends on its other connections. */
        const ofContacts = new Set<ConnectionSlot>();
        for (const { act, network, at, standing } of steps) {
          const slot = [...open.keys()][at % Math.max(1, open.size)];
          if (act === 'enter') {
            const entered: ConnectionSlot = limiter.admit(network, () => {
              expect(open.get(entered)).not.toBe(2);
              open.delete(entered);
            });
            open.set(entered, 0);
          } else if (slot && act === 'leave') {
            limiter.release(slot);
            open.delete(slot);
          } else if (slot && open.get(slot) === 0) {
            const before = slot.reason;
            standings.set(`${network}${standing}`, standing);
            limiter.authenticate(slot, `${network}${standing}`);
            if (standing > 0) ofContacts.add(slot);
            if (before !== null && slot.reason === null) open.set(slot, standing);
          }
          const inside = [...open.keys()].filter(({ reason }) => reason === null);
          expect(inside.length).toBeLessThanOrEqual(limits.connections);
          const strangers = inside.filter((it) => !ofContacts.has(it));
          expect(strangers.length).toBeLessThanOrEqual(limits.connectionsOfStrangers);
          expect(open.size - inside.length).toBeLessThanOrEqual(LIMITS.connectionsOnProbation);
        }
      }),
    );
  });
});
