import type { ContactId, Message, MessageId } from '../../shared/model/model.ts';
import { said } from '../../shared/problems/problem-reasons.ts';
import { withDeadline } from '../base/timeout.ts';
import type { World } from '../base/world.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import { deliveredSchema, type Envelope } from '../protocol/contract.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import type { DeliveryChange, Store } from '../storage/store.ts';
import { deliveryChange } from './delivery-change.ts';
import type { Messages } from './messages.ts';

/** How long an acknowledgement may take before the link is taken for dead, milliseconds. */
const ACKNOWLEDGE_TIMEOUT = 20_000;

/**
 * Batches under way at once: while one is being stored over there, the next are carried, and what
 * became of the last is written here.
 */
const WINDOW = 8;

/**
 * Envelopes in one batch: half of what the contract allows, so that many messages at once become
 * several batches and both sides work at the same time. The other side stores together what waits.
 */
const BATCH = 32;

/**
 * Bytes of envelopes under way at once, unless a single one is longer. A slow line must carry them
 * well before the acknowledgement is late, and before a ping that waits behind them is.
 */
const WINDOW_BYTES = 64 * 1024;

export interface WindowDeps {
  readonly world: World;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  /** The contact takes nothing for now, for a reason of its own; or, with false, it took something. */
  readonly onPutOff: (id: ContactId, why: 'storage' | 'waiting' | null) => void;
}

/** What a contact has answered about messages, until it is written. */
export interface Outcome {
  readonly sent: readonly Message[];
  readonly changes: readonly DeliveryChange[];
}

type ParleyLink = Extract<LiveLink, { transport: 'parley' }>;

/**
 * Delivers what is pending for one contact over one link, oldest first, with several batches under
 * way. Each batch names the last message of the one before it, and the other side stores none whose
 * predecessor it has not taken: so the order holds whatever becomes of a batch. A batch that is not
 * acknowledged goes again, on the next link or when the other side says that it takes it.
 */
export class DeliveryWindow {
  readonly #deps: WindowDeps;
  readonly #contact: ContactId;
  readonly #live: ParleyLink;
  readonly #unwritten: Outcome[];
  #batches = 0;
  #bytes = 0;
  /** Answers that are being written. */
  #writes = 0;
  /** What was sent last, when it has not been answered yet. */
  #last: MessageId | null = null;
  /** `seq` up to which everything pending is under way. */
  #sentUpTo = 0;
  /** Whether there may be pending messages after `#sentUpTo`. */
  #news = true;
  /** Whether something older may be pending: sent again, say, or come with a merged contact. */
  #fromStart = false;
  /** Nothing more is to go before everything under way is answered. */
  #held = false;
  /** Whether the other side takes more. */
  #open = true;
  #done = false;
  #failure: unknown = null;
  #changed = Promise.withResolvers<void>();

  /** @param unwritten takes the answers that the store could not write */
  constructor(deps: WindowDeps, contact: ContactId, live: ParleyLink, unwritten: Outcome[]) {
    this.#deps = deps;
    this.#contact = contact;
    this.#live = live;
    this.#unwritten = unwritten;
  }

  /**
   * Resolves when nothing is pending any more, or nothing can go on this link for now; whatever was
   * answered is then written. Rejects when the store could not be read or written.
   */
  async run(): Promise<void> {
    try {
      while (await this.#step());
    } finally {
      this.#done = true;
    }
  }

  /**
   * There may be more to send: newer messages only, or older ones too. False when this window will
   * not look any more.
   */
  wake(where: 'newest' | 'anywhere'): boolean {
    if (this.#done || !this.#mayMore) return false;
    this.#news = true;
    if (where === 'anywhere') this.#fromStart = true;
    this.#announceChange();
    return true;
  }

  /** Sends a batch or waits for an answer; false when there is nothing left to do. */
  async #step(): Promise<boolean> {
    if (this.#news && !this.#held && this.#mayMore && this.#batches < WINDOW) {
      if (await this.#sendNext()) return true;
    }
    if (this.#batches + this.#writes > 0) {
      await this.#changed.promise;
      return true;
    }
    if (this.#failure !== null) throw this.#failure;
    if (!this.#mayMore || !(this.#news || this.#fromStart || this.#held)) {
      // In the same breath: who wakes this window later must know that it looks no more.
      this.#done = true;
      return false;
    }
    // Somebody woke it while it found nothing.
    if (!this.#fromStart && !this.#held) return true;
    this.#sentUpTo = 0;
    this.#news = true;
    this.#fromStart = false;
    this.#held = false;
    return true;
  }

  get #mayMore(): boolean {
    return this.#open && !this.#live.session.ended && this.#failure === null;
  }

  /** Reads what is pending and sends a batch of it; false when there was none, or no room for it. */
  async #sendNext(): Promise<boolean> {
    const { store, book } = this.#deps;
    this.#news = false;
    const pending = await store.pending(this.#contact, BATCH, this.#sentUpTo);
    if (!book.find(this.#contact)) this.#open = false;
    // Looked at again: the read took time.
    if (!this.#mayMore || this.#held) return false;
    const envelopes = fitting(pending, WINDOW_BYTES - this.#bytes, this.#batches === 0);
    const batch = pending.slice(0, envelopes.length);
    this.#news ||= pending.length > batch.length || pending.length === BATCH;
    const last = batch.at(-1);
    if (!last) return false;
    this.#sentUpTo = last.seq;
    void this.#deliver(batch, envelopes);
    return true;
  }

  /** Sends a batch at once; settles when it is answered. Never rejects. */
  async #deliver(batch: readonly Message[], sized: readonly SizedEnvelope[]): Promise<void> {
    const { world, messages } = this.#deps;
    const envelopes = sized.map(({ envelope }) => envelope);
    const bytes = sized.reduce((total, one) => total + one.bytes, 0);
    messages.markUnderWay(batch);
    const after = this.#batches > 0 ? this.#last : null;
    this.#last = batch.at(-1)?.id ?? null;
    this.#batches += 1;
    this.#bytes += bytes;
    const { link } = this.#live;
    const call = async () =>
      after === null ? link.deliver(envelopes) : link.deliver(envelopes, after);
    const late = () => new Error('late');
    const answer = await withDeadline(world, ACKNOWLEDGE_TIMEOUT, call(), late).catch(() => null);
    this.#batches -= 1;
    this.#bytes -= bytes;
    this.#answered(batch, answer);
    this.#announceChange();
  }

  /** Takes note of what the other side says; null when it did not. */
  #answered(batch: readonly Message[], answer: unknown): void {
    const parsed = deliveredSchema.safeParse(answer);
    const changes = parsed.success ? outcomes(batch, parsed.data) : [];
    const putOff = parsed.success && (parsed.data.later?.length ?? 0) > 0;
    // Put off: the other side says when.
    if (putOff) this.#open = false;
    if (putOff) this.#deps.messages.putBack(batch);
    if (putOff) this.#deps.onPutOff(this.#contact, parsed.data?.why ?? 'waiting');
    else if (changes.length > 0) this.#deps.onPutOff(this.#contact, null);
    // What was passed over goes first, before anything newer.
    if (changes.length < batch.length) this.#held = true;
    if (changes.length > 0) void this.#write({ sent: batch, changes });
    if (putOff || changes.length > 0) return;
    // Whatever it was, nothing is acknowledged: the same envelopes go again on the next link.
    this.#open = false;
    const { session } = this.#live;
    const why = answer === null ? 'no acknowledgement' : 'the acknowledgement was not understood';
    if (!session.ended) session.close(4000, why);
  }

  /** Never rejects: what could not be written ends the window. */
  async #write(outcome: Outcome): Promise<void> {
    this.#writes += 1;
    try {
      await this.#deps.messages.settle(outcome.sent, outcome.changes);
    } catch (error) {
      this.#unwritten.push(outcome);
      this.#failure ??= error;
    }
    this.#writes -= 1;
    this.#announceChange();
  }

  #announceChange(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

function envelopeOf({ id, body, sentAt, replyTo }: Message): Envelope {
  return replyTo === null ? { id, body, sentAt } : { id, body, sentAt, replyTo };
}

interface SizedEnvelope {
  readonly envelope: Envelope;
  /** Of its JSON. */
  readonly bytes: number;
}

/** The longest run from the front whose JSON fits into `room` bytes; with `atLeastOne` never none. */
function fitting(
  pending: readonly Message[],
  room: number,
  atLeastOne: boolean,
): readonly SizedEnvelope[] {
  const fits: SizedEnvelope[] = [];
  let left = room;
  for (const message of pending) {
    const envelope = envelopeOf(message);
    const bytes = Buffer.byteLength(JSON.stringify(envelope));
    left -= bytes;
    if (left < 0 && !(atLeastOne && fits.length === 0)) break;
    fits.push({ envelope, bytes });
  }
  return fits;
}

function outcomes(
  batch: readonly Message[],
  answer: { accepted: readonly string[]; refused: readonly { id: string; reason: string }[] },
): readonly DeliveryChange[] {
  const accepted = new Set(answer.accepted);
  const refused = new Map(answer.refused.map(({ id, reason }) => [id, reason]));
  return batch.flatMap((message) => {
    if (accepted.has(message.id)) return [deliveryChange(message, 'acknowledged')];
    const reason = refused.get(message.id);
    return reason === undefined ? [] : [deliveryChange(message, 'rejected', said(reason))];
  });
}
