import { describe, expect, test } from 'vitest';
import { lookOf } from '../../../../src/shared/model/look.ts';
import { lookalikesOf } from '../../../../src/shared/model/lookalikes.ts';
import { sampleContact } from '../../../support/storage/store-samples.ts';

describe('the skeleton of a name', () => {
  test.each([
    ['case', 'DORA'],
    ['spaces', ' D o r a '],
    ['full width', 'Ｄｏｒａ'],
    ['an accent', 'Dóra'],
    ['a check mark', 'Dora ✓'],
    ['a dot', 'Dora.'],
    ['a joiner', 'Do\u200dra'],
    ['a zero-width space', 'D\u200bora'],
    ['a variation selector', 'Dora\ufe0f'],
    ['a tag character', 'Dora\u{e0061}'],
    ['a direction mark', '\u200fDora'],
    ['a soft hyphen', 'Do\u00adra'],
    ['Cyrillic letters', 'D\u043er\u0430'],
    ['Greek letters', 'D\u03bfr\u03b1'],
    ['a zero', 'D0ra'],
  ])('is the same with %s', (_what, name) => {
    expect(lookOf(name)).toBe(lookOf('Dora'));
  });

  test.each([
    ['Ivan', 'lvan'],
    ['Ivan', '|van'],
    ['Marnie', 'Mamie'],
    ['Walter', 'vvalter'],
    ['Søren', 'Soren'],
    ['Alice', '\u0251lice'],
    ['Alice', '\u13aalice'],
    ['Alice', 'Al\u0131ce'],
    ['Alice', '\ua4eelice'],
    ['Alice', 'A\u04cfice'],
    ['Alice', 'Ali\u03f2e'],
    ['Alice', 'Alic\u212e'],
    ['Alice', '\u1d00\u029f\u026a\u1d04\u1d07'],
    ['Bob', 'B\u0585b'],
    ['Bob', '\u0412\u043e\u0432'],
    ['Bob', 'Bo\u0185'],
    ['Erik', 'Eri\u043a'],
    ['Max', 'Ma\u03c7'],
    ['Hugo', 'H\u057d\u0581o'],
    ['ОКСАНА', 'оксана'],
    ['مُحَمَّد', 'محمد'],
  ])('of %s and %s is the same', (one, other) => {
    expect(lookOf(one)).toBe(lookOf(other));
  });

  test.each([
    ['Dora', 'Dara'],
    ['Dora', 'Dora M.'],
    ['Вера', 'Нина'],
    ['Ольга', 'Олег'],
    ['Αννα', 'Ελενη'],
    ['राम', 'रीम'],
    ['かく', 'がく'],
    ['김', '킴'],
    ['🦊', '🐻'],
    ['!', '?'],
  ])('of %s and %s is different', (one, other) => {
    expect(lookOf(one)).not.toBe(lookOf(other));
  });
});

describe('a lookalike of a contact', () => {
  const dora = sampleContact('dora', {
    name: 'Dora',
    identity: 'aa',
    addresses: ['10.0.0.5:8080'],
    reached: [{ address: '10.0.0.5:8080', at: 1 }],
  });
  const somebody = (changes: Parameters<typeof sampleContact>[1]) =>
    sampleContact('new', { identity: 'bb', addresses: ['10.0.0.9:8080'], ...changes });
  const shares = (changes: Parameters<typeof sampleContact>[1], known = dora) =>
    lookalikesOf(somebody(changes), [known]).map((it) => it.shares);

  test('shares its name, an address, or both', () => {
    expect(shares({ name: 'dora' })).toEqual(['name']);
    expect(shares({ name: 'Eve', addresses: ['x:1', 'http://10.0.0.5:8080'] })).toEqual([
      'address',
    ]);
    expect(shares({ name: 'Dora', addresses: ['10.0.0.5:8080'] })).toEqual(['both']);
    expect(shares({ name: 'Eve' })).toEqual([]);
  });

  test('is not one that only claims its address, unless it shares the name too', () => {
    const claims = { ...dora, reached: [] };
    const there = { addresses: ['10.0.0.5:8080'] };
    expect(shares({ ...there, name: 'Eve' }, claims)).toEqual([]);
    expect(shares({ ...there, name: 'Dora' }, claims)).toEqual(['both']);
  });

  test('has another key, and the contact is accepted and has one', () => {
    expect(shares({ name: 'Dora', identity: 'aa' })).toEqual([]);
    expect(shares({ name: 'Dora', identity: null })).toEqual([]);
    expect(shares({ name: 'Dora' }, { ...dora, identity: null })).toEqual([]);
    expect(shares({ name: 'Dora' }, { ...dora, policy: 'request' })).toEqual([]);
    expect(shares({ name: 'Dora' }, { ...dora, policy: 'blocked' })).toEqual([]);
  });

  test('is listed with the contacts that share both first', () => {
    const other = sampleContact('other', { ...dora, id: 'other', addresses: [], reached: [] });
    const both = somebody({ name: 'Dora', addresses: ['10.0.0.5:8080'] });
    expect(lookalikesOf(both, [other, dora]).map((it) => it.contact.id)).toEqual(['dora', 'other']);
  });
});
