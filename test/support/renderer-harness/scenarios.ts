import type { Contact, LinkState } from '../../../src/shared/model/model.ts';
import { problem } from '../../../src/shared/problems/problem.ts';
import { ONLINE } from '../fake-bridge/fake-commands.ts';
import type { FakeScenario } from '../fake-bridge/fake-data.ts';
import { type Line, Story, self } from './story.ts';

export { idOf } from './story.ts';

const offline: LinkState = {
  phase: 'offline',
  problem: problem('timed-out', { host: '192.168.1.33', port: 8080 }),
  retryAt: Date.now() + 14_000,
};

const BOB_KEY = '5c'.repeat(32);
const NEW_KEY = 'e1'.repeat(32);

/** Bob, whose key we know, with `link` between us. */
function knownBob(link: LinkState, trust: Contact['trust'] = 'first-use'): Story {
  return new Story().add(1, { name: 'Bob', identity: BOB_KEY, trust, link }, [
    ...bob,
    { author: 'me', body: 'Are you still there?', ago: 3, state: 'queued' },
  ]);
}

/** Bob, and a request of somebody with his name and address and another key. */
function lookalike(link: LinkState, policy: Contact['policy'] = 'request'): Story {
  const addresses = ['192.168.1.31:8080'];
  const request = {
    name: 'Bob',
    identity: NEW_KEY,
    policy,
    addresses,
    unread: 1,
  } as const;
  return knownBob(link).add(2, request, [
    { author: 'them', body: 'Hi Alice, I have a new computer.', ago: 2 },
  ]);
}

const bob: readonly Line[] = [
  { author: 'them', body: 'Did the sensor board arrive?', ago: 26 * 60 },
  { author: 'me', body: 'Yes! It is on my desk.', ago: 26 * 60 - 2 },
  { author: 'me', body: 'Soldering it tonight.', ago: 26 * 60 - 3 },
  { author: 'them', body: 'Morning. How did it go?', ago: 64 },
  {
    author: 'me',
    body: 'Better than expected. First readings:\n\n  temp   21.4\n  hum    48 %\n  co2    612\n\nThe CO₂ value drifts a little.',
    ago: 62,
  },
  { author: 'them', body: 'That is normal for the first hours, let it warm up.', ago: 60 },
  { author: 'them', body: 'Which port did you put the reader on?', ago: 59 },
  { author: 'me', body: '8090, same machine.', ago: 22 },
  {
    author: 'me',
    body: 'I will send you the log when it has run for a day.',
    ago: 21,
    state: 'delivered',
  },
];

/** All conversations that a busy person has. */
function busy(): Story {
  return new Story()
    .add(5, { name: 'Noor', link: { phase: 'idle' }, addresses: ['noor-laptop.local:8080'] }, [
      { author: 'them', body: 'See you on Thursday', ago: 3 * 24 * 60 },
    ])
    .add(4, { name: 'weather-station', kind: 'open', unread: 3 }, [
      { author: 'me', body: 'status', ago: 180, state: 'delivered' },
      { author: 'them', body: 'weather-station says: Thanks for the message #1!', ago: 180 },
      { author: 'them', body: 'Battery at 20 %', ago: 95 },
      { author: 'them', body: 'Battery at 19 %', ago: 90 },
    ])
    .add(3, { name: 'Carol Østergård', link: offline }, [
      { author: 'them', body: 'Can you look at the draft?', ago: 130 },
      { author: 'me', body: 'Sure, send it over.', ago: 128 },
      {
        author: 'me',
        body: 'Is the second chapter in it too?',
        ago: 40,
        state: 'failed',
        problem: problem('call-failed', { reason: 'the disk is full' }),
      },
      {
        author: 'me',
        body: 'I have time until five.',
        ago: 36,
        state: 'unconfirmed',
        problem: problem('no-answer'),
      },
      { author: 'me', body: 'Waiting for your file.', ago: 30, state: 'sending' },
      { author: 'me', body: 'No hurry though.', ago: 29, state: 'queued' },
    ])
    .add(6, { name: 'Dmitri', policy: 'request', unread: 1, kind: 'open' }, [
      { author: 'them', body: 'Hi, a friend gave me your address. Is this Alice?', ago: 47 },
    ])
    .add(1, { name: 'Bob' }, bob);
}

const HOSTILE = '<img src=x onerror="document.title=\'owned\'"><script>alert(1)</script>';

/** A long conversation with Bob; every third message is ours. */
function history(count: number, about: { readonly unread?: number }): Story {
  return new Story().add(
    1,
    { name: 'Bob', ...about },
    Array.from({ length: count }, (_, index) => ({
      author: index % 3 === 0 ? ('me' as const) : ('them' as const),
      body: `Message number ${index + 1}${index % 7 === 0 ? '\nwith a second line' : ''}`,
      ago: (count - index) * 11,
    })),
  );
}

/** Scenarios by name. */
export const scenarios = {
  empty: () => new Story().done(),
  'empty-local': () =>
    new Story().done({
      addresses: [{ address: '127.0.0.1:8080', kind: 'this-computer' }],
      settings: { ...self.settings, reach: 'this-computer' },
    }),
  'not-listening': () =>
    new Story().done({
      addresses: [],
      listening: null,
      problem: problem('port-in-use', { port: 8080, owner: 'another program' }),
    }),
  busy: () => busy().done(),
  /** The same in the desktop app: see in-page.ts. */
  desktop: () => busy().done(),
  warned: () =>
    busy().done({
      warnings: [
        problem('storage', { reason: 'the disk is full.', reasonCode: 'disk-full' }),
        problem('settings-mended', { which: 'port' }),
      ],
    }),
  /** A friend who is there, and whose disk takes nothing for now. */
  held: () =>
    knownBob({
      phase: 'online',
      transport: 'parley',
      problem: problem('cannot-take', { name: 'Bob' }),
    }).done(),
  paused: () => new Story().done({ addresses: [], listening: null, problem: problem('paused') }),
  connecting: () =>
    new Story()
      .add(
        7,
        {
          name: '192.168.1.37:8080',
          kind: 'unknown',
          link: { phase: 'connecting', step: 'secure' },
        },
        [],
      )
      .done(),
  unreachable: () =>
    new Story()
      .add(
        7,
        {
          name: '192.168.1.37:8080',
          kind: 'unknown',
          link: {
            ...offline,
            problem: problem('refused', { host: '192.168.1.37', port: 8080 }),
          },
        },
        [],
      )
      .done(),
  /** Somebody whom we know has closed the computer for today. */
  away: () =>
    knownBob({
      ...offline,
      problem: problem('refused', { host: '192.168.1.31', port: 8080 }),
    }).done(),
  known: () => knownBob(ONLINE).done(),
  verified: () => knownBob(ONLINE, 'verified').done(),
  'key-changed': () =>
    knownBob({
      phase: 'offline',
      problem: problem('identity-changed', {
        address: '192.168.1.31:8080',
        name: 'Bob',
        found: NEW_KEY,
      }),
      foundIdentity: NEW_KEY,
      retryAt: null,
    }).done(),
  'not-answered': () =>
    knownBob({
      phase: 'online',
      transport: 'parley',
      problem: problem('not-answered', { name: 'Bob' }),
    }).done(),
  lookalike: () => lookalike(offline).done(),
  'lookalike-online': () => lookalike(ONLINE).done(),
  'address-taken-alike': () =>
    lookalike(
      {
        phase: 'offline',
        problem: problem('address-taken', {
          address: '192.168.1.31:8080',
          name: 'Bob',
          other: 'Bob',
          found: NEW_KEY,
        }),
        foundIdentity: NEW_KEY,
        retryAt: null,
      },
      'accepted',
    ).done(),
  'key-changed-request': () =>
    lookalike({
      phase: 'offline',
      problem: problem('identity-changed', {
        address: '192.168.1.31:8080',
        name: 'Bob',
        found: NEW_KEY,
      }),
      foundIdentity: NEW_KEY,
      retryAt: null,
    }).done(),
  'not-encrypted-now': () =>
    knownBob({
      phase: 'offline',
      problem: problem('plain-refused', { address: '192.168.1.31:8080', name: 'Bob' }),
      retryAt: null,
    }).done(),
  guest: () =>
    new Story()
      .add(8, { name: 'curl', kind: 'guest', addresses: [], link: { phase: 'idle' }, unread: 1 }, [
        { author: 'them', body: 'Hello from a script', ago: 5 },
      ])
      .done(),
  /** What others may write into their messages' times. */
  'impossible-times': () =>
    new Story()
      .add(1, { name: 'Bob', createdAt: 9e15 }, [
        { author: 'them', body: 'from the far future', ago: -1.5e11 },
        { author: 'them', body: 'from no time at all', ago: Number.NaN },
        { author: 'them', body: 'from today', ago: 1 },
      ])
      .done(),
  hundred: () => history(100, {}).done(),
  long: () => history(400, {}).done(),
  huge: () => history(100_000, {}).done(),
  unread: () => history(400, { unread: 40 }).done(),
  /** More people than fit, with all that stands in a row of the list. */
  crowded: () =>
    Array.from({ length: 30 }, (_, index) => index + 20)
      .reduce(
        (story, number) =>
          story.add(number, { name: `Person ${number}`, unread: number % 4, muted: true }, [
            { author: 'them', body: `Message of person ${number}`, ago: number },
          ]),
        new Story(),
      )
      .done(),
  texts: () =>
    new Story()
      .add(2, { name: 'ليلى حداد', unread: 2 }, [
        { author: 'them', body: 'مرحبا أليس، هل وصلتك الرسالة رقم 42؟', ago: 12 },
        { author: 'me', body: 'نعم، شكرا! See https://example.org/path for the rest.', ago: 10 },
        { author: 'them', body: HOSTILE, ago: 9 },
        { author: 'them', body: `${'a'.repeat(300)} end`, ago: 8 },
        { author: 'me', body: `https://example.org/${'very-long-path/'.repeat(12)}`, ago: 7 },
        { author: 'them', body: 'line one\n\n    indented four\n\ttab', ago: 6 },
        { author: 'them', body: `evil\u202Egnp.exe`, ago: 5 },
      ])
      .add(9, { name: HOSTILE, kind: 'open' }, [{ author: 'them', body: HOSTILE, ago: 20 }])
      .done(),
} satisfies Record<string, () => FakeScenario>;

export type ScenarioName = keyof typeof scenarios;
