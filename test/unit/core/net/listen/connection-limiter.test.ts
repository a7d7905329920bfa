import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ConnectionGate,
  type GateLimits,
  type GatePlace,
  type Standing,
} from '../../../../../src/core/net/listen/connection-limiter.ts';

const LIMITS: GateLimits = {
  connections: 6,
  connectionsAtDoor: 3,
  connectionsPerAddress: 2,
  connectionsPerContact: 2,
};

const standings = new Map<string, Standing>();
/** Chosen, unless a test says otherwise. */
const standingOf = (identity: string): Standing => standings.get(identity) ?? 2;

beforeEach(() => standings.clear());

/** A gate, and who was cut at it. */
function gateWith(limits: Partial<GateLimits> = {}) {
  const gate = new ConnectionGate({ ...LIMITS, ...limits }, standingOf);
  const cut: string[] = [];
  const enter = (network: string, name = network): GatePlace =>
    gate.enter(network, () => cut.push(name));
  return { gate, cut, enter };
}

describe('the connection gate', () => {
  it('gives each network so many places, and forgets who left', () => {
    const { gate, enter } = gateWith();
    const first = enter('a');
    expect([first.reason, enter('a').reason]).toEqual([null, null]);
    expect(enter('a').reason).toBe('Too many connections from your address; the limit is 2.');
    expect(enter('b').reason).toBeNull();
    gate.leave(first);
    gate.leave(first);
    expect(enter('a').reason).toBeNull();
    expect(enter('a').reason).not.toBeNull();
  });

  it('when full has the oldest of the most crowded network give way to others', () => {
    const { enter, cut } = gateWith({ connectionsPerAddress: 4 });
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

  it('has a place for a contact, whoever holds the others, at the same address too', () => {
    const { gate, enter, cut } = gateWith();
    for (const network of ['a', 'b', 'c']) for (const name of ['1', '2']) enter(network, name);
    const door = enter('a', 'contact');
    expect(door.reason).not.toBeNull();
    gate.prove(door, 'contact');
    expect([door.reason, cut]).toEqual([null, ['1']]);
    for (let come = 0; come < 100; come += 1) enter(`other ${come}`, 'other');
    for (let come = 0; come < 100; come += 1) enter('a', 'more');
    expect(cut).not.toContain('contact');
  });

  it('does not count contacts among those of their address', () => {
    const { gate, enter } = gateWith({ connections: 100 });
    for (let contact = 0; contact < 64; contact += 1) {
      const place = enter('nat');
      gate.prove(place, `contact ${contact}`);
      expect(place.reason).toBeNull();
    }
    expect(enter('nat').reason).toBeNull();
  });

  it('keeps the place of somebody who became a contact after the handshake', () => {
    const { gate, enter, cut } = gateWith({ connections: 3, connectionsPerAddress: 3 });
    standings.set('new', 0);
    gate.prove(enter('a', 'new'), 'new');
    standings.set('new', 2);
    enter('a', 'older');
    enter('a', 'younger');
    expect([enter('b').reason, cut]).toEqual([null, ['older']]);
  });

  it('keeps so many places for one contact and no more', () => {
    const { gate, enter } = gateWith({ connections: 100 });
    const places = Array.from({ length: 5 }, () => enter('a'));
    for (const place of places) gate.prove(place, 'contact');
    expect(places.map(({ reason }) => reason === null)).toEqual([true, true, false, false, false]);
    gate.leave(places[0] as GatePlace);
    gate.prove(places[4] as GatePlace, 'contact');
    expect(places[4]?.reason).toBeNull();
  });

  it('has contacts that came by themselves give way to chosen ones, and those to nobody', () => {
    const { gate, enter, cut } = gateWith({ connections: 2 });
    standings.set('came', 1);
    gate.prove(enter('a', 'came'), 'came');
    gate.prove(enter('b', 'chosen'), 'chosen');
    const second = enter('c', 'second');
    gate.prove(second, 'second');
    expect([second.reason, cut]).toEqual([null, ['came']]);
    const third = enter('d', 'third');
    gate.prove(third, 'third');
    expect(third.reason).toBe('Too many connections; the limit is 2.');
    expect(cut).toEqual(['came']);
  });

  it('never has more open than it may, and cuts nobody who is chosen', () => {
    const step = fc.record({
      act: fc.constantFrom('enter', 'prove', 'leave'),
      network: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      at: fc.nat(30),
      standing: fc.constantFrom<0 | 1 | 2>(0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const gate = new ConnectionGate(LIMITS, standingOf);
        const open = new Map<GatePlace, 0 | 1 | 2>();
        for (const { act, network, at, standing } of steps) {
          const place = [...open.keys()][at % Math.max(1, open.size)];
          if (act === 'enter') {
            const entered: GatePlace = gate.enter(network, () => {
              expect(open.get(entered)).not.toBe(2);
              open.delete(entered);
            });
            open.set(entered, 0);
          } else if (place && act === 'leave') {
            gate.leave(place);
            open.delete(place);
          } else if (place && open.get(place) === 0) {
            const before = place.reason;
            standings.set(`${network}${standing}`, standing);
            gate.prove(place, `${network}${standing}`);
            if (before !== null && place.reason === null) open.set(place, standing);
          }
          const inside = [...open.keys()].filter(({ reason }) => reason === null);
          expect(inside.length).toBeLessThanOrEqual(LIMITS.connections);
          expect(open.size - inside.length).toBeLessThanOrEqual(LIMITS.connectionsAtDoor);
        }
      }),
    );
  });
});
