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

/** Acknowledgement timeout, after which the link counts as dead. Milliseconds. */
const ACKNOWLEDGE_TIMEOUT = 20_000;

/**
 * Batches in flight: while one is being stored over there, the next are in transit, and the result of
 * the last is written here.
 */
const MAX_BATCHES = 8;

/**
 * Envelopes in one batch: half of what the contract allows, so that many messages become several
 * batches and both sides work concurrently. The receiver coalesces batches that queue up.
 */
const BATCH_SIZE = 32;

/**
 * Bytes of envelopes in flight, unless a single one is longer. A slow line must transmit them well
 * within the acknowledgement timeout, and that of a ping queued behind them.
 */
const WINDOW_BYTES = 64 * 1024;

export interface WindowDeps {
  readonly world: World;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  /** The contact defers messages, and why; null once it accepts them again. */
  readonly onDeferred: (id: ContactId, why: 'storage' | 'waiting' | null) => void;
}

/** A contact's answer to a batch, until it is stored. */
export interface DeliveryOutcome {
  readonly sent: readonly Message[];
  readonly changes: readonly DeliveryChange[];
}

type ParleyLink = Extract<LiveLink, { transport: 'parley' }>;

/**
 * Windowed delivery to one contact over one link: pending messages, oldest first, with several batches
 * in flight. Each batch names the last message of its predecessor, and the receiver stores none whose
 * predecessor it has not accepted: so the order holds whatever happens to a batch. A batch that is not
 * acknowledged is sent again on the next link, or once the receiver says that it is ready.
 */
export class DeliveryWindow {
  readonly #deps: WindowDeps;
  readonly #contact: ContactId;
  readonly #live: ParleyLink;
  readonly #unwritten: DeliveryOutcome[];
  #batches = 0;
  #bytes = 0;
  /** Answers that are being stored. */
  #writes = 0;
  /** The last message sent. */
  #last: MessageId | null = null;
  /** `seq` up to which everything pending is in flight. */
  #sentUpTo = 0;
  /** Whether there may be pending messages after `#sentUpTo`. */
  #hasNew = true;
  /** Whether older messages may be pending too: retried ones, or those of a merged contact. */
  #rescan = false;
  /** Sends nothing more until everything in flight is answered. */
  #draining = false;
  /** Whether the receiver accepts more. */
  #accepting = true;
  #done = false;
  #failure: unknown = null;
  #changed = Promise.withResolvers<void>();

  /** @param unwritten collects answers that could not be stored */
  constructor(
    deps: WindowDeps,
    contact: ContactId,
    live: ParleyLink,
    unwritten: DeliveryOutcome[],
  ) {
    this.#deps = deps;
    this.#contact = contact;
    this.#live = live;
    this.#unwritten = unwritten;
  }

  /**
   * Resolves when nothing is pending any more, or nothing can be sent on this link for now; all
   * answers have been stored then. Rejects when the store could not be read or written.
   */
  async run(): Promise<void> {
    try {
      while (await this.#step());
    } finally {
      this.#done = true;
    }
  }

  /**
   * There may be more to send: newer messages only, or older ones too. Returns false if this window
   * has ended.
   */
  wake(where: 'newest' | 'anywhere'): boolean {
    if (this.#done || !this.#mayMore) return false;
    this.#hasNew = true;
    if (where === 'anywhere') this.#rescan = true;
    this.#announceChange();
    return true;
  }

  /** Sends a batch or waits for an answer; false when there is nothing left to do. */
  async #step(): Promise<boolean> {
    if (this.#hasNew && !this.#draining && this.#mayMore && this.#batches < MAX_BATCHES) {
      if (await this.#sendNext()) return true;
    }
    if (this.#batches + this.#writes > 0) {
      await this.#changed.promise;
      return true;
    }
    if (this.#failure !== null) throw this.#failure;
    if (!this.#mayMore || !(this.#hasNew || this.#rescan || this.#draining)) {
      // Synchronously, so that a later `wake` returns false.
      this.#done = true;
      return false;
    }
    // It was woken while it read.
    if (!this.#rescan && !this.#draining) return true;
    this.#sentUpTo = 0;
    this.#hasNew = true;
    this.#rescan = false;
    this.#draining = false;
    return true;
  }

  get #mayMore(): boolean {
    return this.#accepting && !this.#live.session.ended && this.#failure === null;
  }

  /** Reads what is pending and sends one batch; false if there was none, or no room in the window. */
  async #sendNext(): Promise<boolean> {
    const { store, book } = this.#deps;
    this.#hasNew = false;
    const pending = await store.pending(this.#contact, BATCH_SIZE, this.#sentUpTo);
    if (!book.find(this.#contact)) this.#accepting = false;
    // Checked again after the await.
    if (!this.#mayMore || this.#draining) return false;
    const envelopes = fitting(pending, WINDOW_BYTES - this.#bytes, this.#batches === 0);
    const batch = pending.slice(0, envelopes.length);
    this.#hasNew ||= pending.length > batch.length || pending.length === BATCH_SIZE;
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
    messages.showSending(batch);
    const after = this.#batches > 0 ? this.#last : null;
    this.#last = batch.at(-1)?.id ?? null;
    this.#batches += 1;
    this.#bytes += bytes;
    const { link } = this.#live;
    const call = async () =>
      after === null ? link.deliver(envelopes) : link.deliver(envelopes, after);
    const none = () => null;
    const answer = await withDeadline(world, ACKNOWLEDGE_TIMEOUT, call(), none).catch(none);
    this.#batches -= 1;
    this.#bytes -= bytes;
    this.#answered(batch, answer);
    this.#announceChange();
  }

  /** Handles the answer to a batch; null if there was none. */
  #answered(batch: readonly Message[], answer: unknown): void {
    const parsed = deliveredSchema.safeParse(answer);
    const changes = parsed.success ? outcomes(batch, parsed.data) : [];
    const deferred = parsed.success && (parsed.data.later?.length ?? 0) > 0;
    // Deferred: the receiver says when it is ready.
    if (deferred) this.#accepting = false;
    if (deferred) this.#deps.messages.showQueued(batch);
    if (deferred) this.#deps.onDeferred(this.#contact, parsed.data?.why ?? 'waiting');
    else if (changes.length > 0) this.#deps.onDeferred(this.#contact, null);
    // Messages left out of the answer go before anything newer.
    if (changes.length < batch.length) this.#draining = true;
    if (changes.length > 0) void this.#write({ sent: batch, changes });
    if (deferred || changes.length > 0) return;
    // Nothing is acknowledged: the same envelopes are sent again on the next link.
    this.#accepting = false;
    const { session } = this.#live;
    const why = answer === null ? 'no acknowledgement' : 'the acknowledgement was not understood';
    if (!session.ended) session.close(4000, why);
  }

  /** Never rejects: a failed write ends the window. */
  async #write(outcome: DeliveryOutcome): Promise<void> {
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
