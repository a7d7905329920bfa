import type { ContactId, Message, MessageId } from '../../shared/model/model.ts';

/** The longest line of a quote, in UTF-16 units; the rest would not be seen anyway. */
const MAX_LINE = 160;

/** The first line of a message that says something. */
export function firstLine(body: string): string {
  const line = body.split('\n', 50).find((it) => it.trim() !== '') ?? '';
  return line.trim().slice(0, MAX_LINE).toWellFormed();
}

/** What tells a quoted message from others: an id means something in its conversation only. */
export function quoteKey(contactId: ContactId, id: MessageId): string {
  return `${contactId} ${id}`;
}

/** Messages of one conversation by id. Where both sides have one with the same id, ours is meant. */
export function messagesById(messages: readonly Message[]): ReadonlyMap<MessageId, Message> {
  const ours = messages.filter((it) => it.author === 'me');
  return new Map([...messages, ...ours].map((it) => [it.id, it]));
}
