import type { NewMessage } from '../../../src/core/storage/store.ts';
import type { Contact, MessageKey } from '../../../src/shared/model/model.ts';

/** A contact with a short id, so that failures read well. */
export function sampleContact(id: string, changes: Partial<Contact> = {}): Contact {
  return {
    id,
    kind: 'parley',
    name: `Name of ${id}`,
    identity: null,
    trust: 'none',
    addresses: ['127.0.0.1:9001'],
    policy: 'accepted',
    reached: [],
    claimed: [],
    chosen: true,
    pinned: false,
    muted: false,
    createdAt: 1_000,
    ...changes,
  };
}

/** A message of ours, waiting. */
export function ours(contactId: string, id: string, changes: Partial<NewMessage> = {}): NewMessage {
  return {
    id,
    contactId,
    author: 'me',
    body: `body of ${id}`,
    sentAt: 2_000,
    state: 'queued',
    problem: null,
    replyTo: null,
    ...changes,
  };
}

/** A message of theirs. */
export function theirs(
  contactId: string,
  id: string,
  changes: Partial<NewMessage> = {},
): NewMessage {
  return ours(contactId, id, { author: 'them', state: 'received', ...changes });
}

/** The key of a message of ours. */
export function ourKey(contactId: string, id: string): MessageKey {
  return { contactId, author: 'me', id };
}

/** The key of a message of theirs. */
export function theirKey(contactId: string, id: string): MessageKey {
  return { contactId, author: 'them', id };
}
