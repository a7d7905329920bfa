import { uuidv7 } from '../../../src/shared/model/ids.ts';
import type {
  Contact,
  ContactId,
  Conversation,
  LinkState,
  Message,
  Self,
} from '../../../src/shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/model/settings.ts';
import { ONLINE } from '../fake-bridge/fake-commands.ts';
import type { FakeScenario } from '../fake-bridge/fake-data.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A contact's id in a scenario: always the same for the same number. */
export function idOf(number: number): ContactId {
  return uuidv7(1_700_000_000_000 + number, (length) => new Uint8Array(length).fill(number));
}

/** Us, unless a story says otherwise. */
export const self: Self = {
  name: 'Alice',
  identity: 'a3'.repeat(32),
  listening: { host: '0.0.0.0', port: 8080 },
  problem: null,
  warnings: [],
  addresses: [
    { address: '127.0.0.1:8080', kind: 'this-computer' },
    { address: '192.168.1.20:8080', kind: 'lan' },
  ],
  settings: { name: 'Alice', port: 8080, ...DEFAULT_SETTINGS, reach: 'network' },
  version: '0.1.0',
};

/** A message of a story. */
export interface Line {
  readonly author: Message['author'];
  readonly body: string;
  /** Minutes before now. */
  readonly ago: number;
  readonly state?: Message['state'];
  readonly problem?: Message['problem'];
}

/** Collects conversations and their messages in our order of acceptance. */
export class Story {
  readonly conversations: Conversation[] = [];
  readonly messages: Message[] = [];
  #seq = 0;

  add(
    number: number,
    about: Partial<Contact> & { readonly link?: LinkState; readonly unread?: number },
    lines: readonly Line[],
  ): this {
    const { link = ONLINE, unread = 0, ...rest } = about;
    const contact: Contact = {
      id: idOf(number),
      kind: 'parley',
      name: 'Bob',
      identity: null,
      trust: 'none',
      addresses: [`192.168.1.${30 + number}:8080`],
      policy: 'accepted',
      reached: [],
      claimed: [],
      chosen: true,
      pinned: false,
      muted: false,
      createdAt: Date.now() - number * DAY,
      ...rest,
    };
    for (const line of lines) {
      this.#seq += 1;
      this.messages.push({
        id: idOf(1_000 + this.#seq),
        contactId: contact.id,
        author: line.author,
        body: line.body,
        sentAt: Date.now() - line.ago * MINUTE,
        seq: this.#seq,
        state: line.state ?? (line.author === 'me' ? 'read' : 'received'),
        problem: line.problem ?? null,
        replyTo: null,
      });
    }
    this.conversations.push({ contact, link, lastMessage: null, unread });
    return this;
  }

  done(about: Partial<Self> = {}): FakeScenario {
    return { self: { ...self, ...about }, ...this };
  }
}
