import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { ChatHandlers, CommandName } from '../../../../src/shared/bridge/chat-bridge.ts';
import { ENGLISH_DESKTOP_TEXTS } from '../../../../src/shared/bridge/desktop-texts.ts';
import {
  COMMANDS,
  createDispatcher,
  type Offer,
} from '../../../../src/shared/bridge/dispatcher.ts';
import type { Outcome } from '../../../../src/shared/bridge/outcome.ts';
import { PROBLEM_CODES, raise } from '../../../../src/shared/problems/problem.ts';

const COMMAND_NAMES = Object.keys(COMMANDS.chat()) as readonly CommandName[];
const ID = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';

/** An input that each command takes. */
const GOOD: Readonly<Record<CommandName, Readonly<Record<string, unknown>>>> = {
  snapshot: {},
  messages: { contactId: ID, before: null, limit: 50 },
  message: { contactId: ID, messageId: ID },
  search: { query: 'words', contactId: null, before: null, limit: 50 },
  connect: { address: 'host:8080' },
  changeAddress: { contactId: ID, address: 'host:8080' },
  forgetAttempt: { contactId: ID },
  retry: { contactId: ID },
  send: { contactId: ID, id: ID, body: 'hello' },
  saveDraft: { contactId: ID, draft: { body: 'half', replyTo: ID } },
  sendAgain: { contactId: ID, messageId: ID },
  deleteMessage: { contactId: ID, author: 'them', messageId: ID },
  deleteConversation: { contactId: ID },
  deleteEverything: {},
  markRead: { contactId: ID, seq: 3 },
  setPolicy: { contactId: ID, policy: 'blocked' },
  removeContact: { contactId: ID },
  updateSettings: { name: 'Alice' },
  acceptIdentity: { contactId: ID, identity: 'ab'.repeat(32) },
  setPaused: { paused: true },
  setVerified: { contactId: ID, verified: true },
  arrange: { contactId: ID, pinned: true },
  watchWire: { contactId: ID, on: true },
  wireLog: { contactId: ID, after: 0 },
  typing: { contactId: ID },
  diagnose: { address: 'host:8080' },
};

type Handler = (name: string, input: unknown) => unknown;

function setUp(handler: Handler = (name, input) => ({ name, input })) {
  const unexpected = vi.fn<(error: unknown) => void>();
  const called = vi.fn<Handler>(handler);
  const handlers = Object.fromEntries(
    COMMAND_NAMES.map((name) => [name, async (input: unknown) => called(name, input)]),
  ) as unknown as ChatHandlers;
  const dispatch = createDispatcher({ chat: handlers }, unexpected);
  return {
    dispatch: (name: unknown, input: unknown) => dispatch('chat', name, input),
    called,
    unexpected,
  };
}

const code = (outcome: Outcome<unknown>) => (outcome.ok ? 'ok' : outcome.problem.code);

describe('a command from a window', () => {
  test.each(COMMAND_NAMES)('%s reaches its handler with its input', async (name) => {
    const { dispatch, called } = setUp();
    expect(await dispatch(name, GOOD[name])).toEqual({
      ok: true,
      value: { name, input: GOOD[name] },
    });
    expect(called).toHaveBeenCalledExactlyOnceWith(name, GOOD[name]);
  });

  test.each(COMMAND_NAMES)('%s with anything more than its input is refused', async (name) => {
    const { dispatch, called, unexpected } = setUp();
    for (const extra of [{ more: 1 }, JSON.parse('{"__proto__": {"more": 1}}')]) {
      const input = Object.defineProperties(
        { ...GOOD[name] },
        Object.getOwnPropertyDescriptors(extra),
      );
      expect(code(await dispatch(name, input))).toBe('bad-input');
    }
    expect(called).not.toHaveBeenCalled();
    expect(unexpected).not.toHaveBeenCalled();
  });

  test.each(COMMAND_NAMES)('%s with a missing or mistyped field is refused', async (name) => {
    const { dispatch, called } = setUp();
    for (const key of Object.keys(GOOD[name])) {
      const flag = GOOD[name][key] === true ? 'true' : true;
      for (const wrong of [{}, [], flag, Number.NaN, 'nonsense\0'.repeat(200_000), Symbol('x')]) {
        const outcome = await dispatch(name, { ...GOOD[name], [key]: wrong });
        expect(code(outcome)).toBe('bad-input');
        expect(outcome.ok ? '' : outcome.problem.cause).toContain(key);
      }
    }
    for (const wrong of [null, undefined, [], 'x', 1, true]) {
      expect(code(await dispatch(name, wrong))).toBe('bad-input');
    }
    expect(called).not.toHaveBeenCalled();
  });

  test.each([
    ['messages', { limit: 0 }],
    ['messages', { limit: 501 }],
    ['messages', { limit: 1.5 }],
    ['messages', { before: -1 }],
    ['markRead', { seq: -1 }],
    ['setPolicy', { policy: 'friend' }],
    ['send', { id: ID.toUpperCase() }],
  ] as const)('%s with %j is refused', async (name, wrong) => {
    const { dispatch } = setUp();
    expect(code(await dispatch(name, { ...GOOD[name], ...wrong }))).toBe('bad-input');
  });

  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'Snapshot',
    '',
    'subscribe',
  ])('that does not exist (%j) is refused', async (name) => {
    const { dispatch, called } = setUp();
    expect(code(await dispatch(name, {}))).toBe('bad-input');
    expect(called).not.toHaveBeenCalled();
  });

  test('with a name that is no text is refused', async () => {
    const { dispatch } = setUp();
    for (const name of [null, undefined, 1, ['snapshot'], { toString: () => 'snapshot' }]) {
      expect(code(await dispatch(name, {}))).toBe('bad-input');
    }
  });

  test('a refusal stays short whatever was sent', async () => {
    const { dispatch } = setUp();
    const outcome = await dispatch('snapshot', { ['k'.repeat(1024 * 1024)]: 1 });
    expect(outcome.ok ? '' : outcome.problem.cause).toMatch(/^.{20,300}$/s);
  });
});

describe('what a handler throws', () => {
  test('reaches the user when it is a problem, and is not reported', async () => {
    const { dispatch, unexpected } = setUp(() => raise('blocked', { name: 'Bob' }));
    expect(await dispatch('snapshot', {})).toMatchObject({
      ok: false,
      problem: { code: 'blocked', cause: 'You have blocked Bob.' },
    });
    expect(unexpected).not.toHaveBeenCalled();
  });

  test('is reported and hidden from the user when nobody foresaw it', async () => {
    const error = new Error('/home/alice/secret');
    const { dispatch, unexpected } = setUp(() => {
      throw error;
    });
    const outcome = await dispatch('snapshot', {});
    expect(code(outcome)).toBe('internal');
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(unexpected).toHaveBeenCalledExactlyOnceWith(error);
  });

  test('is an answer all the same, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (thrown) => {
        const { dispatch, unexpected } = setUp(() => {
          throw thrown;
        });
        expect(code(await dispatch('snapshot', {}))).toBe('internal');
        expect(unexpected).toHaveBeenCalledOnce();
      }),
    );
  });
});

test('whatever a page sends, an answer comes and no exception', async () => {
  const { dispatch, unexpected } = setUp();
  const name = fc.oneof(fc.constantFrom(...COMMAND_NAMES), fc.anything());
  const field = fc.constantFrom('contactId', 'id', 'limit', 'seq', 'body', 'address', '__proto__');
  const input = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
    fc.dictionary(field, fc.oneof(fc.anything(), fc.constant(ID), fc.nat())),
  );
  await fc.assert(
    fc.asyncProperty(name, input, async (command, value) => {
      const outcome = await dispatch(command, value);
      if (!outcome.ok) expect(PROBLEM_CODES).toContain(outcome.problem.code);
    }),
    { numRuns: 1000 },
  );
  expect(unexpected).not.toHaveBeenCalled();
});

describe('a channel', () => {
  test.each(['__proto__', 'toString', 'Chat', '', null, 1])(
    'that does not exist (%j) is refused',
    async (channel) => {
      const dispatch = createDispatcher({}, vi.fn());
      expect(code(await dispatch(channel, 'snapshot', {}))).toBe('bad-input');
    },
  );

  test('that is not offered is refused, and so is a command that is not', async () => {
    const offer: Offer = { host: { setUnread: () => null } };
    const dispatch = createDispatcher(offer, vi.fn());
    expect(code(await dispatch('host', 'setUnread', { count: 1 }))).toBe('ok');
    expect(code(await dispatch('host', 'noticeAccess', {}))).toBe('bad-input');
    expect(code(await dispatch('chat', 'snapshot', {}))).toBe('bad-input');
    expect(code(await dispatch('chat', 'setUnread', { count: 1 }))).toBe('bad-input');
  });

  test.each([
    ['desktopState', undefined],
    ['desktopState', { more: 1 }],
    ['updateDesktop', { closeToTray: 'yes' }],
    ['updateDesktop', { toldOfTray: false }],
    ['updateDesktop', null],
    ['installUpdate', { url: 'https://example.org' }],
    ['openLog', '/etc/passwd'],
    ['setDesktopTexts', {}],
    ['setDesktopTexts', { ...ENGLISH_DESKTOP_TEXTS, quit: '' }],
    ['setDesktopTexts', { ...ENGLISH_DESKTOP_TEXTS, quit: 'x'.repeat(201) }],
    ['setDesktopTexts', { ...ENGLISH_DESKTOP_TEXTS, more: 'text' }],
  ] as const)('of the desktop refuses what makes no sense: %s %j', async (name, input) => {
    const command = vi.fn(() => null);
    const desktop = { [name]: command } as unknown as NonNullable<Offer['desktop']>;
    const dispatch = createDispatcher({ desktop }, vi.fn());
    expect(code(await dispatch('desktop', name, input))).toBe('bad-input');
    expect(command).not.toHaveBeenCalled();
  });
});
