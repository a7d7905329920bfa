import { parseAddress, placeName } from '../../../src/shared/address/address.ts';
import type { ChatHandlers, CommandInput } from '../../../src/shared/bridge/chat-bridge.ts';
import { isAttempt } from '../../../src/shared/model/attempt.ts';
import type { DeliveryEvent } from '../../../src/shared/model/delivery.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';
import { lookalikesOf } from '../../../src/shared/model/lookalikes.ts';
import {
  CONNECT_STEPS,
  type ContactId,
  type LinkState,
  type Message,
  type Settings,
} from '../../../src/shared/model/model.ts';
import { messageProblem, nameProblem } from '../../../src/shared/model/text.ts';
import { ProblemError, problem, raise } from '../../../src/shared/problems/problem.ts';
import type { FakeData } from './fake-data.ts';
import { diagnosisOf } from './fake-diagnosis.ts';
import type { FakeWire } from './fake-wire.ts';

export const ONLINE: LinkState = { phase: 'online', transport: 'parley' };

/** How long a fake connection takes for each of its steps. Milliseconds. */
const STEP = 30;

/** What a fake core's commands need of the network that it plays. */
interface FakeSteering {
  readonly wire: FakeWire;
  /** How long the doctor takes. Milliseconds. */
  readonly doctorTime: number;
  setLink(contactId: ContactId, link: LinkState): void;
  /** Something happens to one of our messages on its way. */
  deliver(messageId: string, ...events: readonly DeliveryEvent[]): void;
}

/** What the renderer asks of a fake core; a command that it does not use yet is not there. */
export function fakeHandlers(data: FakeData, core: FakeSteering): Partial<ChatHandlers> {
  return {
    snapshot: async () => data.snapshot(),
    messages: async ({ contactId, before, after, limit }) =>
      after === undefined
        ? data.page(contactId, before, limit)
        : data.pageAfter(contactId, after, limit),
    message: async ({ contactId, messageId }) => data.find(contactId, messageId),
    search: async ({ query, contactId, before, limit }) =>
      data.search(query, contactId, before, limit),
    connect: async ({ address }) => ({ contactId: connect(data, core, address.trim()) }),
    changeAddress: async ({ contactId, address }) => {
      const parsed = parseAddress(address.trim());
      if (!parsed.ok) raise('bad-address', parsed.params);
      const conversation = data.conversation(contactId);
      const name = placeName(parsed.address);
      const contact = { ...conversation.contact, name, addresses: [name] };
      data.change({ ...conversation, contact });
      void walkTheSteps(data, core, contactId);
      return { contactId };
    },
    forgetAttempt: async ({ contactId }) => {
      const { contact, lastMessage } = data.conversation(contactId);
      if (!isAttempt(contact) || lastMessage !== null) return false;
      data.remove(contactId, null);
      return true;
    },
    retry: async ({ contactId }) => {
      void walkTheSteps(data, core, contactId);
      return null;
    },
    send: async ({ contactId, id, body, replyTo }) =>
      send(data, core, contactId, id, body, replyTo ?? null),
    saveDraft: async ({ contactId, draft }) => {
      const conversation = data.conversation(contactId);
      const contact = { ...conversation.contact, draft: draft ?? undefined };
      data.change({ ...conversation, contact });
      return { seq: data.snapshot().seq };
    },
    sendAgain: async ({ contactId, messageId }) => {
      const message = data.own(messageId, contactId) ?? raise('unknown-message');
      data.replace({ ...message, state: 'queued', problem: null });
      hurry(data, core, message);
      return data.own(messageId) ?? message;
    },
    deleteMessage: async ({ contactId, author, messageId }) => {
      data.deleteMessage({ contactId, author, id: messageId });
      return null;
    },
    markRead: async ({ contactId }) => {
      data.change({ ...data.conversation(contactId), unread: 0 });
      return null;
    },
    setPolicy: async ({ contactId, policy, really = false }) => {
      const conversation = data.conversation(contactId);
      const all = data.snapshot().conversations.map(({ contact }) => contact);
      const [like] = policy === 'accepted' ? lookalikesOf(conversation.contact, all) : [];
      const { name } = conversation.contact;
      if (like && !really) raise('looks-known', { name, known: like.contact.name });
      data.change({ ...conversation, contact: { ...conversation.contact, policy } });
      return null;
    },
    removeContact: async ({ contactId }) => {
      data.remove(contactId, null);
      return null;
    },
    acceptIdentity: async ({ contactId, identity, merge = false }) => {
      const all = data.snapshot().conversations.map(({ contact }) => contact);
      const owner = all.find((it) => it.identity === identity && it.id !== contactId);
      if (owner && owner.policy !== 'request' && !merge)
        raise('identity-known', { name: owner.name });
      if (owner) data.remove(owner.id, contactId);
      const conversation = data.conversation(contactId);
      const contact = { ...conversation.contact, identity, trust: 'first-use' } as const;
      data.change({ ...conversation, contact });
      void walkTheSteps(data, core, contactId);
      return null;
    },
    setVerified: async ({ contactId, verified }) => {
      const conversation = data.conversation(contactId);
      const trust = verified ? 'verified' : 'first-use';
      data.change({ ...conversation, contact: { ...conversation.contact, trust } });
      return null;
    },
    arrange: async ({ contactId, pinned, muted }) => {
      const conversation = data.conversation(contactId);
      const { contact } = conversation;
      const arranged = {
        ...contact,
        pinned: pinned ?? contact.pinned,
        muted: muted ?? contact.muted,
      };
      data.change({ ...conversation, contact: arranged });
      return null;
    },
    watchWire: async ({ on }) => {
      core.wire.switch(on, Date.now());
      return null;
    },
    wireLog: async ({ after }) => core.wire.read(after),
    deleteEverything: async () => {
      for (const { contact } of data.snapshot().conversations) data.remove(contact.id, null);
      return null;
    },
    typing: async () => null,
    diagnose: async ({ address }) => {
      const { conversations } = data.snapshot();
      const known = conversations.find((it) => it.contact.addresses.includes(address));
      await new Promise((resolve) => setTimeout(resolve, core.doctorTime));
      return diagnosisOf(address, known?.link, Date.now());
    },
    updateSettings: async (change) => updateSettings(data, change),
    setPaused: async ({ paused }) => {
      data.changeSelf({ ...data.self, problem: paused ? problem('paused') : null });
      return null;
    },
  };
}

function connect(data: FakeData, core: FakeSteering, address: string): ContactId {
  const parsed = parseAddress(address);
  if (!parsed.ok) raise('bad-address', parsed.params);
  const known = data.snapshot().conversations.find((it) => it.contact.addresses.includes(address));
  if (known) return known.contact.id;
  const id = data.newId();
  data.change({
    contact: {
      id,
      kind: 'unknown',
      name: address,
      identity: null,
      trust: 'none',
      addresses: [address],
      policy: 'accepted',
      reached: [],
      claimed: [],
      chosen: true,
      pinned: false,
      muted: false,
      createdAt: Date.now(),
    },
    link: { phase: 'idle' },
    lastMessage: null,
    unread: 0,
  });
  void walkTheSteps(data, core, id);
  return id;
}

async function walkTheSteps(
  data: FakeData,
  core: FakeSteering,
  contactId: ContactId,
): Promise<void> {
  for (const step of CONNECT_STEPS) {
    core.setLink(contactId, { phase: 'connecting', step });
    await new Promise((resolve) => setTimeout(resolve, STEP));
  }
  const conversation = data.conversation(contactId);
  const { contact } = conversation;
  const name = contact.kind === 'unknown' ? 'Bob' : contact.name;
  const met = { ...contact, kind: 'parley', name } as const;
  data.change({ ...conversation, contact: met, link: ONLINE });
}

function send(
  data: FakeData,
  core: FakeSteering,
  contactId: ContactId,
  id: string,
  body: string,
  replyTo: string | null,
): Message {
  const known = data.own(id);
  if (known) return known;
  const wrong = messageProblem(body, DEFAULT_LIMITS);
  if (wrong) throw new ProblemError(wrong);
  const message = data.add(contactId, 'me', body, id, 'queued', replyTo);
  hurry(data, core, message);
  return message;
}

/** Delivers a message at once if its contact is online. */
function hurry(data: FakeData, core: FakeSteering, { id, contactId }: Message): void {
  if (data.conversation(contactId).link.phase !== 'online') return;
  queueMicrotask(() => core.deliver(id, 'attempted', 'acknowledged'));
}

function updateSettings(data: FakeData, change: CommandInput<'updateSettings'>): Settings {
  const { self } = data;
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  const settings: Settings = { ...self.settings, ...Object.fromEntries(given) };
  const wrong = nameProblem(settings.name, DEFAULT_LIMITS);
  if (wrong) throw new ProblemError(wrong);
  if (settings.port < 1024) raise('port-forbidden', { port: settings.port });
  data.changeSelf({
    ...self,
    name: settings.name,
    settings,
    listening: { host: self.listening?.host ?? '127.0.0.1', port: settings.port },
    addresses: self.addresses.map((it) => ({
      ...it,
      address: it.address.replace(/\d+$/, String(settings.port)),
    })),
  });
  return settings;
}
