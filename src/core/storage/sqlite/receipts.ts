import type { ContactId, Message, MessageId } from '../../../shared/model/model.ts';
import { integer, LIMIT, type Statements } from './rows.ts';

/** What receipts are made of, without reading a body: a contact may ask for it as often as it likes. */

const CONTACT = '(SELECT num FROM contacts WHERE id = ?1)';

interface Receipt {
  readonly upTo: MessageId;
  readonly after: MessageId | null;
}

export function coveredByReceipt(
  sql: Statements,
  id: ContactId,
  { upTo, after }: Receipt,
  limit: number,
): readonly MessageId[] {
  const named = ownMessage(sql, id, upTo);
  if (!named) return [];
  const start = (after === null ? null : ownMessage(sql, id, after))?.seq ?? 0;
  const delivered = sql(
    `SELECT id FROM messages WHERE contact = ${CONTACT} AND author = 'me' AND state = 'delivered'
     AND seq > ?2 AND seq <= ?3 ORDER BY seq ${LIMIT}`,
  )
    .all(id, start, named.seq, limit)
    .map((row) => String(row['id']));
  const isPending = named.state === 'queued' || named.state === 'sending';
  return isPending && named.seq > start && delivered.length < limit
    ? [...delivered, upTo]
    : delivered;
}

function ownMessage(sql: Statements, id: ContactId, message: MessageId) {
  const row = sql(
    `SELECT seq, state FROM messages WHERE contact = ${CONTACT} AND author = 'me' AND id = ?2`,
  ).get(id, message);
  return row ? { seq: integer(row, 'seq'), state: row['state'] } : null;
}

export function lastRead(sql: Statements, id: ContactId): MessageId | null {
  return lastBefore(sql, id, 'them', 'unread = 1');
}

export function lastSent(sql: Statements, id: ContactId): MessageId | null {
  return lastBefore(sql, id, 'me', "author = 'me' AND state IN ('queued', 'sending')");
}

/** The newest message of one side before the oldest one of which `condition` holds. */
function lastBefore(
  sql: Statements,
  id: ContactId,
  author: Message['author'],
  condition: string,
): MessageId | null {
  const row = sql(
    `SELECT id FROM messages WHERE contact = ${CONTACT} AND author = '${author}'
     AND seq < coalesce(
       (SELECT seq FROM messages WHERE contact = ${CONTACT} AND ${condition} ORDER BY seq LIMIT 1),
       ${Number.MAX_SAFE_INTEGER})
     ORDER BY seq DESC LIMIT 1`,
  ).get(id);
  return row ? String(row['id']) : null;
}
