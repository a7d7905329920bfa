import { z } from 'zod';
import type { NotTaken } from '../../shared/data-bridge.ts';
import { DEFAULT_LIMITS } from '../../shared/limits.ts';
import type {
  Contact,
  ContactId,
  Identity,
  Message,
  Policy,
  Settings,
} from '../../shared/model.ts';
import { raise } from '../../shared/problem.ts';
import { reason } from '../../shared/problem-reasons.ts';
import type { ReasonParams } from '../../shared/reason.ts';
import { DEFAULT_PREFERENCES } from '../../shared/settings.ts';
import { messageProblem } from '../../shared/text.ts';
import type { Store } from '../store.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from './export.ts';
import { readLines } from './read-lines.ts';
import type { ImportResult, StoreRecord } from './record.ts';
import { MAX_BODY, recordSchema } from './record-schemas.ts';

/** The longest line that a record can be, UTF-16 units: JSON may make six of one. */
const MAX_LINE = 8 * MAX_BODY;

/**
 * The same of a record without a body. All contacts are in memory and go to each page, with whatever
 * fields a later version may have added.
 */
const MAX_SHORT_LINE = 64 * 1024;

/** So deep may values in a record be. What can be parsed can be too deep to be written again. */
const MAX_DEPTH = 32;
const TOO_DEEP = 'nested too deeply';

/** What a user has decided about somebody who wrote. */
export type Decision = Exclude<Policy, 'request'>;

/** Records of one transaction: few, so that a long import does not hold the process. */
const BATCH = 100;

const headerSchema = z.object({ format: z.literal(EXPORT_FORMAT), version: z.int().min(1) });
const endSchema = z.strictObject({ type: z.literal('end'), records: z.int() });

/**
 * Adds what an export holds and the store does not; doing it twice changes nothing. Text may come in
 * pieces of any size. A contact that is here under another id but with the same identity is the same
 * contact: its messages join the conversation that is here. Ids of other programs are mapped to ours.
 *
 * Rejects with `import-newer` or `import-invalid` (naming the line; what came before it stays), or as
 * the store does. Settings are taken only where the store has none, and never those that let others
 * in; nor is a contact taken for verified because a file says so. The answer names what was left out.
 *
 * A request that is here may be from somebody about whom the user had decided when the file was
 * written: `onDecided` is told of each, so that the decision can be taken again.
 */
export async function importInto(
  store: Store,
  text: AsyncIterable<string> | Iterable<string>,
  onDecided: (contactId: ContactId, policy: Decision) => void = () => {},
): Promise<ImportResult> {
  const contacts = await ContactMap.of(store);
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
      const translated = contacts.translate(record);
      const decided = record.type === 'contact' ? contacts.decide(record.contact) : null;
      if (decided !== null) {
        contactCount += 1;
        onDecided(decided.id, decided.policy);
      }
      if (translated === 'unknown') invalid(line, reason('import-no-contact'));
      if (translated !== 'known') batch.push(caution.take(translated));
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

/** Takes records as they are, but for what only the user may decide, and remembers that. */
class Caution {
  readonly notTaken = new Set<NotTaken>();
  /** Whether the settings of the file are taken at all. */
  readonly #takesSettings: boolean;

  constructor(takesSettings: boolean) {
    this.#takesSettings = takesSettings;
  }

  take(record: StoreRecord): StoreRecord {
    switch (record.type) {
      case 'settings':
        return { ...record, settings: this.#withoutOpening(record.settings) };
      case 'contact':
        return { ...record, contact: this.#unverified(record.contact) };
      case 'message':
        return { ...record, message: sendable(record.message) };
      default:
        return record;
    }
  }

  #withoutOpening(settings: Settings): Settings {
    const { reach, openContract } = DEFAULT_PREFERENCES;
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

/** What is too long for a frame would be tried for ever, and hold up what comes after it. */
function sendable<M extends Omit<Message, 'seq'>>(message: M): M {
  if (message.state !== 'queued' && message.state !== 'sending') return message;
  const refusal = messageProblem(message.body, DEFAULT_LIMITS);
  if (refusal?.code !== 'message-too-long') return message;
  return { ...message, state: 'failed', problem: refusal };
}

/** Where the contacts of a file are in the store. */
class ContactMap {
  readonly #byIdentity: Map<Identity, ContactId>;
  /** From an id in the file to the id here. */
  readonly #ids: Map<ContactId, ContactId>;
  /** Who is here as a request, by their keys. */
  readonly #undecided: Map<Identity, ContactId>;

  private constructor(contacts: readonly Contact[]) {
    const keyed = contacts.flatMap(({ identity, id, policy }) =>
      identity === null ? [] : [{ identity, id, policy }],
    );
    this.#byIdentity = new Map(keyed.map(({ identity, id }) => [identity, id]));
    this.#ids = new Map(contacts.map(({ id }) => [id, id]));
    this.#undecided = new Map(
      keyed.filter((it) => it.policy === 'request').map(({ identity, id }) => [identity, id]),
    );
  }

  static async of(store: Store): Promise<ContactMap> {
    return new ContactMap((await store.conversations()).map((it) => it.contact));
  }

  /** The request here that the file holds a decision about, once; null when there is none. */
  decide({ identity, policy, chosen }: Contact): { id: ContactId; policy: Decision } | null {
    if (identity === null || policy === 'request') return null;
    if (policy === 'accepted' && !chosen) return null;
    const id = this.#undecided.get(identity);
    this.#undecided.delete(identity);
    return id === undefined ? null : { id, policy };
  }

  /** The record with our contact id; `known` for a contact that is here under another id. */
  translate(record: StoreRecord): StoreRecord | 'known' | 'unknown' {
    switch (record.type) {
      case 'contact': {
        const { id, identity } = record.contact;
        // The key before the id: what waits in the file is for whoever holds that key.
        const keyed = identity === null ? undefined : this.#byIdentity.get(identity);
        const here = keyed ?? this.#ids.get(id) ?? id;
        this.#ids.set(id, here);
        if (identity !== null && keyed === undefined) this.#byIdentity.set(identity, here);
        // What this copy has seen itself and been told over a link: a file cannot vouch for it.
        const contact = { ...record.contact, reached: [], claimed: [] };
        const claimed: StoreRecord = { ...record, contact };
        return here === id ? claimed : 'known';
      }
      case 'message': {
        const contactId = this.#ids.get(record.message.contactId);
        if (contactId === undefined) return 'unknown';
        return { ...record, message: { ...record.message, contactId } };
      }
      case 'deleted': {
        const contactId = this.#ids.get(record.contactId);
        return contactId === undefined ? 'unknown' : { ...record, contactId };
      }
      default:
        return record;
    }
  }
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
  return invalid(lineNumber, why ?? misfit(parsed.error.issues[0]));
}

function misfit(issue: z.core.$ZodIssue | undefined): ReasonParams {
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
