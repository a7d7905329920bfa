import fc from 'fast-check';
import { anyText } from './bytes.ts';

const contactId = fc.oneof(
  fc.constantFrom(
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-98c4-dc0c0c073990',
    'c1',
  ),
  anyText,
);
const messageId = fc.oneof(
  fc.constantFrom('018f22e2-79b0-7cc3-98c4-dc0c0c07398f', '018f22e2-79b0-7cc3-98c4-dc0c0c073990'),
  anyText,
);
const time = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000_000 }),
  fc.constantFrom(9_000_000_000_000_000, 8.64e15, -1, 0.5, 1e300),
);
const identity = fc.oneof(fc.constantFrom(null, 'ab'.repeat(32), 'AB'.repeat(32)), anyText);

const contact = fc.record(
  {
    id: contactId,
    kind: fc.constantFrom('unknown', 'parley', 'open', 'guest', 'friend'),
    name: fc.oneof(fc.constant('Bob'), anyText),
    identity,
    trust: fc.constantFrom('none', 'first-use', 'invite', 'verified'),
    addresses: fc.array(
      fc.oneof(fc.constantFrom('127.0.0.1:9', '[::1]:8080', 'b.example'), anyText),
      {
        maxLength: 3,
      },
    ),
    policy: fc.constantFrom('request', 'accepted', 'blocked'),
    pinned: fc.boolean(),
    muted: fc.boolean(),
    createdAt: time,
  },
  { requiredKeys: ['id', 'kind', 'name', 'identity', 'addresses', 'policy', 'createdAt'] },
);
const message = fc.record(
  {
    id: messageId,
    contactId,
    author: fc.constantFrom('me', 'them'),
    body: anyText,
    sentAt: time,
    state: fc.constantFrom('queued', 'delivered', 'received', 'read', 'failed', 'lost'),
    problem: fc.constant(null),
    replyTo: fc.oneof(fc.constant(null), messageId),
  },
  { requiredKeys: ['id', 'contactId', 'author', 'body', 'sentAt', 'state', 'problem'] },
);
const settings = fc.record({
  name: anyText,
  port: fc.oneof(fc.constantFrom(8080, 0, 99_999, -1, 1.5), fc.double()),
});

const record: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: contact.map((it) => ({ type: 'contact', contact: it })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(message, fc.boolean())
      .map(([it, unread]) => ({ type: 'message', message: it, unread })),
  },
  { weight: 1, arbitrary: settings.map((it) => ({ type: 'settings', settings: it })) },
  { weight: 1, arbitrary: time.map((received) => ({ type: 'counters', received })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(contactId, messageId)
      .map(([it, id]) => ({ type: 'deleted', contactId: it, author: 'them', id })),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** An export as text; mostly with its head and its end. */
export const exportText: fc.Arbitrary<string> = fc
  .tuple(fc.array(record, { maxLength: 8 }), fc.integer({ min: 0, max: 9 }))
  .map(([records, chance]) => {
    const head = { format: 'parley-export', version: chance === 9 ? 99 : 1 };
    const end = { type: 'end', records: records.length + (chance === 8 ? 1 : 0) };
    const lines = [head, ...records, ...(chance === 7 ? [] : [end])];
    return `${lines.map((it) => JSON.stringify(it)).join('\n')}\n`;
  });
