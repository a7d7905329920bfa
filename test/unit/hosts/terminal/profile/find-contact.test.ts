import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findContact,
  findContactIfAny,
  findRecipient,
} from '../../../../../src/hosts/terminal/profile/find-contact.ts';
import { identityCode } from '../../../../../src/shared/address/identity-text.ts';
import { formatInvite } from '../../../../../src/shared/address/invite.ts';
import type { Contact, Conversation } from '../../../../../src/shared/model/model.ts';
import { problemOf } from '../../../../../src/shared/problems/problem.ts';
import { identityOf } from '../../../../support/peers/test-peer.ts';
import { sampleContact } from '../../../../support/storage/store-samples.ts';

const ANN = sampleContact('0190-ann', {
  name: 'Ann',
  identity: identityOf('Ann'),
  addresses: ['10.0.0.1:8080', '[fd00::1]:9000'],
  reached: [
    { address: '10.0.0.1:8080', at: 1 },
    { address: '[fd00::1]:9000', at: 1 },
  ],
});
const BOB = sampleContact('0190-bob', {
  name: 'Bob Ö.',
  identity: identityOf('Bob'),
  addresses: ['10.0.0.2:8080'],
  reached: [{ address: '10.0.0.2:8080', at: 1 }],
});
const SCRIPT = sampleContact('0190-script', {
  name: 'script',
  kind: 'open',
  addresses: ['127.0.0.1:9001'],
});

const known = (...contacts: readonly Contact[]): readonly Conversation[] =>
  contacts.map((contact) => ({ contact, link: { phase: 'idle' }, lastMessage: null, unread: 0 }));
const all = known(ANN, BOB, SCRIPT);

const problemWith = (...args: Parameters<typeof findContact>) => {
  try {
    return findContact(...args);
  } catch (error) {
    return problemOf(error);
  }
};

describe('a contact is found', () => {
  const code = identityCode(identityOf('Bob'));
  test.each([
    ['its name', 'Bob Ö.'],
    ['its name in another case', 'bob ö.'],
    ['its name in another Unicode form', 'Bob O\u0308.'],
    ['its id', '0190-bob'],
    ['its identity', identityOf('Bob')],
    ['its identity in capitals', identityOf('Bob').toUpperCase()],
    ['its whole code', code],
    ['its code without spaces', code.replaceAll(' ', '').toLowerCase()],
    ['a prefix of its code', code.slice(0, 12)],
    ['its address', '10.0.0.2:8080'],
    ['its address without the default port', '10.0.0.2'],
    ['its invite', formatInvite({ scheme: 'auto', host: 'x', port: 1 }, identityOf('Bob'))],
  ])('by %s', (_, text) => {
    expect(findContact(all, text)).toBe(BOB);
  });

  test('by any of the addresses where it has answered', () => {
    expect(findContact(all, '[fd00::1]:9000')).toBe(ANN);
    expect(findContact(all, 'http://127.0.0.1:9001')).toBe(SCRIPT);
  });

  test('by its name, whatever that is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
        const odd = sampleContact('0190-odd', { name, addresses: [] });
        expect(findContact(known(odd), name)).toBe(odd);
      }),
    );
  });
});

describe('no contact is found', () => {
  test.each(['Bobb', 'Bo', '', '10.0.0.2:8081', '10.0.0.3:8080', identityOf('Eve'), '0190'])(
    'by %j',
    (text) => {
      expect(findContactIfAny(all, text)).toBeNull();
      expect(problemWith(all, text)).toMatchObject({ code: 'contact-not-found' });
    },
  );

  test('by an invite with another identity, though the address matches', () => {
    const invite = formatInvite(
      { scheme: 'auto', host: '10.0.0.2', port: 8080 },
      identityOf('Eve'),
    );
    expect(findContactIfAny(all, invite)).toBeNull();
  });

  test('by fewer than four characters of a safety code', () => {
    const code = identityCode(identityOf('Bob')).slice(0, 3);
    expect(findContactIfAny(known(BOB), code)).toBeNull();
  });
});

describe('when several contacts have the same name', () => {
  const eve = sampleContact('0190-eve', {
    name: 'Ann',
    identity: identityOf('Eve'),
    policy: 'request',
    addresses: [],
  });
  const isAccepted = ({ policy }: Contact) => policy === 'accepted';

  test('an error lists them and none is chosen', () => {
    expect(problemWith(known(ANN, eve), 'Ann')).toMatchObject({
      code: 'contact-ambiguous',
      params: {
        candidates: `Ann (${identityCode(identityOf('Ann'))}, 10.0.0.1:8080); Ann (${identityCode(identityOf('Eve'))})`,
      },
    });
  });

  test('a request does not shadow the accepted contact', () => {
    expect(findContact(known(eve, ANN), 'Ann', isAccepted)).toBe(ANN);
    expect(findContact(known(eve, ANN), 'ann', ({ policy }) => policy === 'request')).toBe(eve);
  });

  test('the preferred policy is not a requirement', () => {
    expect(findContact(known(eve), 'Ann', isAccepted)).toBe(eve);
  });

  test.each([
    ['an address', '10.0.0.1:8080'],
    ['a prefix of a code', identityCode(identityOf('Ann')).slice(0, 9)],
  ])('a name that looks like %s of another contact is ambiguous', (_, name) => {
    const liar = sampleContact('0190-liar', { name, identity: identityOf('Eve'), addresses: [] });
    expect(problemWith(known(ANN, liar), name)).toMatchObject({ code: 'contact-ambiguous' });
  });

  test.each([
    ['the id', '0190-ann'],
    ['the identity', identityOf('Ann')],
    ['the whole code', identityCode(identityOf('Ann'))],
  ])('%s of another contact still finds that contact', (_, name) => {
    const liar = sampleContact('0190-liar', { name, identity: identityOf('Eve'), addresses: [] });
    expect(findContact(known(liar, ANN), name)).toBe(ANN);
  });

  test('a long list is truncated', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      sampleContact(`0190-${index}`, { name: 'Ann', addresses: [] }),
    );
    expect(problemWith(known(...many), 'Ann')).toMatchObject({
      cause: expect.stringMatching(/^.{50,400}; and 35 more\.$/),
    });
  });
});

describe('an address', () => {
  const isAccepted = ({ policy }: Contact) => policy === 'accepted';
  const recipient = (text: string, ...others: readonly Contact[]) => {
    try {
      return findRecipient([...all, ...known(...others)], text, isAccepted);
    } catch (error) {
      return problemOf(error);
    }
  };
  const claims = (changes: Partial<Contact>) =>
    sampleContact('0190-liar', { identity: identityOf('Eve'), addresses: [], ...changes });

  test('is not found by a contact’s claim alone', () => {
    const eve = claims({ addresses: ['10.0.0.9:8080'] });
    expect(findContactIfAny(known(eve), '10.0.0.9:8080')).toBeNull();
  });

  test.each(['10.0.0.2:8080', '10.0.0.2', 'parley://10.0.0.2:8080', '[fd00::1]:9000'])(
    '(%s) as a recipient is dialled, also where a contact has answered',
    (text) => expect(recipient(text)).toHaveProperty('port'),
  );

  test.each(['10.0.0.2:8080', '10.0.0.2', 'bobs-host.lan:8080'])(
    'that is also a contact’s name (%s) is dialled as an address',
    (name) => expect(recipient(name, claims({ name }))).toHaveProperty('port'),
  );

  test('without a port that is also a contact’s name is refused as ambiguous', () => {
    expect(recipient('bobs-host.lan', claims({ name: 'bobs-host.lan' }))).toMatchObject({
      code: 'contact-ambiguous',
      params: { candidates: expect.stringContaining('the address bobs-host.lan:8080') },
    });
  });

  test('is never read from a single word', () => {
    expect(recipient('bobb')).toBeNull();
    expect(recipient('Bob Ö.')).toBe(BOB);
  });
});
