import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Typist } from './typist.ts';

interface Row {
  readonly contact: number;
  readonly author: string;
  readonly id: string;
  readonly body: string;
  readonly state: string;
}

/** What is in one stopped profile's history, oldest first, and whether SQLite finds it sound. */
interface History {
  readonly integrity: string;
  readonly rows: readonly Row[];
}

function readHistory(dataDir: string): History {
  const database = new DatabaseSync(join(dataDir, 'history.db'), { readOnly: true });
  try {
    const integrity = database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => row['integrity_check'])
      .join('; ');
    const rows = database
      .prepare('SELECT contact, author, id, body, state FROM messages ORDER BY seq')
      .all()
      .map((row) => ({
        contact: Number(row['contact']),
        author: String(row['author']),
        id: String(row['id']),
        body: String(row['body']),
        state: String(row['state']),
      }));
    return { integrity: String(integrity), rows };
  } finally {
    database.close();
  }
}

/**
 * What is wrong in the histories of two stopped peers; nothing when every promise was kept. Each
 * sentence names what a user would have seen.
 */
export function brokenPromises(one: Typist, other: Typist): readonly string[] {
  const histories = new Map([one, other].map((it) => [it, readHistory(it.dataDir)]));
  const found: string[] = [];
  for (const [typist, { integrity }] of histories) {
    if (integrity !== 'ok') found.push(`${typist.name}'s history is damaged: ${integrity}`);
  }
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const sent = lines(histories.get(from)?.rows ?? [], from, 'me');
    const arrived = lines(histories.get(to)?.rows ?? [], from, 'them');
    found.push(...compare(from, sent, arrived));
  }
  return found;
}

/** The lines that `from` typed, as they stand in a history; greetings on start are left out. */
function lines(rows: readonly Row[], from: Typist, author: string): readonly Row[] {
  return rows.filter((row) => row.author === author && row.body.startsWith(`${from.name}#`));
}

function compare(from: Typist, sent: readonly Row[], arrived: readonly Row[]): readonly string[] {
  const found: string[] = [];
  const kept = new Map(sent.map((row) => [row.id, row]));
  const times = new Map<string, number>();
  for (const { body } of arrived) times.set(body, (times.get(body) ?? 0) + 1);

  for (const { id, body } of from.accepted) {
    const state = kept.get(id)?.state;
    if (state === undefined) found.push(`accepted, yet not in the sender's history: ${body}`);
    if (!times.has(body)) found.push(`accepted, yet never arrived: ${body} (${state})`);
    else if (state !== 'delivered') found.push(`arrived, yet ${state}: ${body}`);
  }
  for (const [body, count] of times) {
    if (count > 1) found.push(`arrived ${count} times: ${body}`);
  }
  for (const [where, rows] of [
    ['as sent', sent],
    ['as received', arrived],
  ] as const) {
    const numbers = rows.map(({ body }) => Number(body.split('#')[1]));
    if (numbers.some((it, index) => index > 0 && it < (numbers[index - 1] ?? 0))) {
      found.push(`${from.name}'s messages are out of order ${where}`);
    }
    const places = new Set(rows.map(({ contact }) => contact));
    if (places.size > 1)
      found.push(`${from.name}'s messages are in ${places.size} conversations ${where}`);
  }
  // Also what was kept in the last moment of a life, before the process could say so.
  const arrivedIds = arrived.map(({ id }) => id).join();
  if (sent.map(({ id }) => id).join() !== arrivedIds) {
    found.push(`the two histories of what ${from.name} wrote differ`);
  }
  return found;
}
