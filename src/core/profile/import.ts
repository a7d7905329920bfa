import { z } from 'zod';
import type { NotTaken } from '../../shared/bridge/data-bridge.ts';
import { DEFAULT_LIMITS } from '../../shared/model/limits.ts';
import type { Contact, ContactId, Identity, Message, Settings } from '../../shared/model/model.ts';
import { DEFAULT_SETTINGS } from '../../shared/model/settings.ts';
import { messageProblem } from '../../shared/model/text.ts';
import { problem, raise } from '../../shared/problems/problem.ts';
import { reason } from '../../shared/problems/problem-reasons.ts';
import type { ReasonParams } from '../../shared/problems/reason.ts';
import type { ImportResult, StoreRecord } from '../storage/record.ts';
import { MAX_BODY, recordSchema } from '../storage/record-schemas.ts';
import type { Store } from '../storage/store.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from './export.ts';
import { type Decision, ImportedContacts } from './imported-contacts.ts';
import { readLines } from './read-lines.ts';

/** Maximum length of a line, UTF-16 units: JSON may take six for one. */
const MAX_LINE = 8 * MAX_BODY;

/**
 * The same for a record without a body. All contacts are in memory and sent to each page, including
 * fields that a later version may have added.
 */
const MAX_SHORT_LINE = 64 * 1024;

/**
 * Maximum nesting of values in a record. What can be parsed can be nested too deep to be written
 * again.
 */
const MAX_DEPTH = 32;
const TOO_DEEP = 'nested too deeply';

const AMBIGUOUS = { field: 'contact.id', detail: 'is the id of another contact in this file' };

/** Records per transaction: few, so that a long import does not block the event loop. */
const BATCH = 100;

const headerSchema = z.object({ format: z.literal(EXPORT_FORMAT), version: z.int().min(1) });
const endSchema = z.strictObject({ type: z.literal('end'), records: z.int() });

export interface ImportOptions {
  /** Our own identity: a contact with it is ourselves. */
  readonly own?: Identity | null;
  /**
   * Called for each existing request whose contact has a decision in the file, so that it can be
   * applied.
   */
  readonly onDecided?: (contactId: ContactId, policy: Decision) => void;
}

/**
 * Adds what an export holds and the store does not; importing it twice changes nothing. Text may
 * come in chunks of any size. A contact that is here under another id but with the same identity is
 * the same contact: its messages join the existing conversation. Ids of other programs are mapped
 * to ours.
 *
 * Rejects with `import-newer` or `import-invalid` (with the line; earlier ones stay imported), or
 * as the store does. Settings are only imported where the store has none, and never those that give
 * others access; no contact becomes verified because a file says so, and none with our own key is
 * added. Pending messages for one key are never sent to another. The result lists what was left
 * out.
 */
export async function importInto(
  store: Store,
  text: AsyncIterable<string> | Iterable<string>,
  { own = null, onDecided = () => {} }: ImportOptions = {},
): Promise<ImportResult> {
  const contacts = await ImportedContacts.of(store, own);
  const caution = new Caution((await store.settings()) === null);
  let contactCount = 0;
  let messageCount = 0;
  let batch: StoreRecord[] = [];
  const flush = async () => {
    const added = await store.importRecords(batch);
    batch = [];
    contactCount += added.contacts;
    messageCount += added.messages;
  };
  try {
    for await (const { record, line } of readExport(text)) {
      const place = contacts.placeOf(record);
      switch (place.type) {
        case 'unknown':
          return invalid(line, reason('import-no-contact'));
        case 'ambiguous':
          return invalid(line, reason('import-field', AMBIGUOUS));
        case 'own':
          caution.notTaken.add('own');
          break;
        case 'store':
          batch.push(caution.take(place.record, place.meant));
      }
      const decided = record.type === 'contact' ? contacts.decide(record.contact) : null;
      if (decided !== null) {
        contactCount += 1;
        onDecided(decided.id, decided.policy);
      }
      if (batch.length >= BATCH) await flush();
    }
  } finally {
    await flush();
  }
  const counts = { contacts: contactCount, messages: messageCount };
  return caution.notTaken.size > 0 ? { ...counts, notTaken: [...caution.notTaken] } : counts;
}

/** The records between header and end, each with its line number. */
async function* readExport(
  text: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<{ readonly record: StoreRecord; readonly line: number }> {
  let line = 0;
  let count = 0;
  for await (const content of readLines(text, MAX_LINE)) {
    line += 1;
    if (content === null) invalid(line, reason(line === 1 ? 'import-foreign' : 'import-long-line'));
    const value = parseJson(content, line);
    if (line === 1) {
      checkHeader(value);
      continue;
    }
    const end = endSchema.safeParse(value);
    if (end.success && end.data.records === count) return;
    if (end.success) invalid(line, reason('import-gap'));
    if (isDeeperThan(MAX_DEPTH, value))
      invalid(line, reason('import-record', { detail: TOO_DEEP }));
    const record = parse(recordSchema, value, line);
    const isShort = record.type === 'message' || content.length <= MAX_SHORT_LINE;
    if (!isShort) invalid(line, reason('import-long-line'));
    yield { record, line };
    count += 1;
  }
  invalid(Math.max(line, 1), reason(line === 0 ? 'import-empty' : 'import-early-end'));
}

/**
 * Takes records unchanged, except for what only the user may decide, and records such exceptions.
 */
class Caution {
  readonly notTaken = new Set<NotTaken>();
  /** Whether the settings of the file are imported at all. */
  readonly #takesSettings: boolean;

  constructor(takesSettings: boolean) {
    this.#takesSettings = takesSettings;
  }

  /** @param meant the contact named by the file, where it has another key than the existing one */
  take(record: StoreRecord, meant: string | null): StoreRecord {
    switch (record.type) {
      case 'settings':
        return { ...record, settings: this.#withoutOpening(record.settings) };
      case 'contact':
        return { ...record, contact: this.#unverified(record.contact) };
      case 'message':
        return { ...record, message: sendable(record.message, meant) };
      default:
        return record;
    }
  }

  #withoutOpening(settings: Settings): Settings {
    const { reach, openContract } = DEFAULT_SETTINGS;
    if (this.#takesSettings && settings.reach !== reach) this.notTaken.add('reach');
    if (this.#takesSettings && settings.openContract !== openContract) {
      this.notTaken.add('openContract');
    }
    return { ...settings, reach, openContract };
  }

  #unverified(contact: Contact): Contact {
    if (contact.trust !== 'verified') return contact;
    this.notTaken.add('verified');
    return { ...contact, trust: 'first-use' };
  }
}

/**
 * A message too long for a frame would be retried for ever, and block later ones; one meant for
 * another key must not be sent to this one automatically.
 */
function sendable<M extends Omit<Message, 'seq'>>(message: M, meant: string | null): M {
  if (message.state !== 'queued' && message.state !== 'sending') return message;
  if (meant !== null) {
    return { ...message, state: 'failed', problem: problem('other-recipient', { name: meant }) };
  }
  const refusal = messageProblem(message.body, DEFAULT_LIMITS);
  if (refusal?.code !== 'message-too-long') return message;
  return { ...message, state: 'failed', problem: refusal };
}

function checkHeader(value: unknown): void {
  const { version } = parse(headerSchema, value, 1, reason('import-foreign'));
  if (version > EXPORT_VERSION) raise('import-newer', { version });
}

function parseJson(line: string, lineNumber: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return invalid(lineNumber, reason('import-not-json'));
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, lineNumber: number, why?: ReasonParams): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  return invalid(lineNumber, why ?? reasonOf(parsed.error.issues[0]));
}

function reasonOf(issue: z.core.$ZodIssue | undefined): ReasonParams {
  const field = issue?.path.join('.') ?? '';
  const detail = issue?.message ?? 'invalid';
  return field === ''
    ? reason('import-record', { detail })
    : reason('import-field', { field, detail });
}

function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((it) => isDeeperThan(depth - 1, it));
}

function invalid(lineNumber: number, why: ReasonParams): never {
  raise('import-invalid', { ...why, line: lineNumber });
}
