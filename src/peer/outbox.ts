import type { DeliveryEvent } from '../shared/delivery.ts';
import type { ContactId, Message } from '../shared/model.ts';
import { type Problem, type ProblemParams, problem } from '../shared/problem.ts';
import { said } from '../shared/problem-reasons.ts';
import { CallError } from './channel.ts';
import type { ContactBook } from './contact-book.ts';
import { deliveredSchema, type Envelope, MAX_ENVELOPES } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { isDead, type LiveLink } from './live-link.ts';
import type { Messages } from './messages.ts';
import { type OpenCalls, openCalls } from './open-calls.ts';
import type { DeliveryChange, Store } from './store.ts';
import type { World } from './world.ts';

/** How long an acknowledgement may take before the link is taken for dead, milliseconds. */
const ACKNOWLEDGE_TIMEOUT = 20_000;

/** How long to wait after the store could not be written, milliseconds. */
const STORE_RETRY = 2_000;

/**
 * Bytes of envelopes in one batch, unless a single one is longer. A slow line must carry it well
 * before the acknowledgement is late, and before a ping that waits behind it is.
 */
const BATCH_BYTES = 64 * 1024;

interface Deps {
  readonly world: World;
  readonly store: Store;
  readonly book: ContactBook;
  readonly messages: Messages;
  /** Told when a peer without a session (HTTP batch) could not be reached. */
  readonly onUnreachable: (id: ContactId) => void;
  readonly onUnexpected: (error: unknown) => void;
}

interface Sender {
  live: LiveLink | null;
  running: boolean;
  /** Something changed while it ran. */
  again: boolean;
  /** What became of a `chat`, until it is written. */
  outcome: DeliveryChange | null;
}

/**
 * Sends what is pending, one contact at a time in order, whenever there is a live link. To Parley
 * peers it sends at least once and they recognise duplicates; to open-contract peers a message whose
 * answer is lost becomes `unconfirmed` and is never sent again by itself.
 */
export class Outbox {
  readonly #deps: Deps;
  readonly #senders = new Map<ContactId, Sender>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * To be called once at start: a message that had left for an open-contract peer when we stopped
   * may or may not have arrived.
   */
  async recover(): Promise<void> {
    const { store, messages } = this.#deps;
    for (const id of await store.contactsWithPending()) {
      const pending = await store.pending(id, Number.MAX_SAFE_INTEGER);
      const lost = pending.filter((message) => message.state === 'sending');
      await messages.setDelivery(lost.map((message) => change(message, 'answer-lost')));
    }
  }

  /** From now on `live` is the way to this contact, or there is none. */
  setLink(id: ContactId, live: LiveLink | null): void {
    const sender = this.#sender(id);
    sender.live = live;
    if (live) this.flush(id);
  }

  /** Sends what is pending for this contact, if there is a link. */
  flush(id: ContactId): void {
    const sender = this.#sender(id);
    sender.again = true;
    if (!sender.running) void this.#run(id, sender);
  }

  forget(id: ContactId): void {
    this.setLink(id, null);
    this.#senders.delete(id);
  }

  #sender(id: ContactId): Sender {
    const known = this.#senders.get(id);
    if (known) return known;
    const added: Sender = { live: null, running: false, again: false, outcome: null };
    this.#senders.set(id, added);
    return added;
  }

  async #run(id: ContactId, sender: Sender): Promise<void> {
    sender.running = true;
    try {
      while (sender.again) {
        sender.again = false;
        await this.#writeOutcome(sender);
        while (sender.live && !isDead(sender.live)) {
          if (!(await this.#sendSome(id, sender, sender.live))) break;
        }
      }
    } catch (error) {
      // A write that failed (a full disk, say) leaves the message pending.
      this.#deps.onUnexpected(error);
      if (this.#senders.get(id) !== sender) return;
      this.#deps.world.after(STORE_RETRY, () => {
        if (this.#senders.get(id) === sender) this.flush(id);
      });
    } finally {
      sender.running = false;
    }
  }

  /** Sends the next batch; answers whether to go on. */
  async #sendSome(id: ContactId, sender: Sender, live: LiveLink): Promise<boolean> {
    const pending = await this.#deps.store.pending(id, MAX_ENVELOPES);
    const first = pending[0];
    if (!first || !this.#deps.book.find(id)) return false;
    if (live.transport === 'parley') return this.#deliver(live, pending);
    return this.#chat(sender, live, first);
  }

  /** Until it is written, a message that has left looks like one that may leave. */
  async #writeOutcome(sender: Sender): Promise<void> {
    if (!sender.outcome) return;
    await this.#deps.messages.setDelivery([sender.outcome]);
    sender.outcome = null;
  }

  async #deliver(
    live: Extract<LiveLink, { transport: 'parley' }>,
    pending: readonly Message[],
  ): Promise<boolean> {
    const { world, messages } = this.#deps;
    const batch = fitting(pending, BATCH_BYTES);
    messages.markUnderWay(batch);
    let answer: unknown;
    try {
      const call = live.link.deliver(batch.map(envelopeOf));
      answer = await withDeadline(world, ACKNOWLEDGE_TIMEOUT, call, () => new Error('late'));
    } catch {
      // Whatever it was, nothing is acknowledged: the same envelopes go again on the next link.
      if (!live.session.ended) live.session.close(4000, 'no acknowledgement');
      return false;
    }
    const parsed = deliveredSchema.safeParse(answer);
    const changes = parsed.success ? outcomes(batch, parsed.data) : [];
    await messages.setDelivery(changes);
    if (changes.length > 0) return true;
    // Put off: the other side says when.
    if (parsed.success && parsed.data.later?.length) return false;
    live.session.close(4000, 'the acknowledgement was not understood');
    return false;
  }

  async #chat(
    sender: Sender,
    live: Exclude<LiveLink, { transport: 'parley' }>,
    message: Message,
  ): Promise<boolean> {
    const { messages, world } = this.#deps;
    // On disk before it leaves: after a crash it must not be taken for unsent.
    const attempted = await messages.setDelivery([change(message, 'attempted')]);
    if (attempted.length === 0) {
      // It was deleted, or it has left before and nobody knows what became of it.
      await messages.setDelivery([change(message, 'answer-lost')]);
      return true;
    }
    const left = await chatOutcome(openCalls(live, world), message);
    sender.outcome = left;
    await this.#writeOutcome(sender);
    if (left.event !== 'not-sent') return true;
    if (live.transport === 'batch') this.#deps.onUnreachable(message.contactId);
    return false;
  }
}

/** Says a message to a peer of the open contract, and what became of it. */
async function chatOutcome(calls: OpenCalls, message: Message): Promise<DeliveryChange> {
  try {
    await calls.chat(message.body);
    return change(message, 'acknowledged');
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const events = {
      'not-sent': 'not-sent',
      unanswered: 'answer-lost',
      rejected: 'rejected',
    } as const;
    return change(message, events[error.outcome], error.why);
  }
}

function envelopeOf({ id, body, sentAt, replyTo }: Message): Envelope {
  return replyTo === null ? { id, body, sentAt } : { id, body, sentAt, replyTo };
}

/** The longest run from the front whose JSON fits into `bytes`; at least one. */
function fitting(pending: readonly Message[], bytes: number): readonly Message[] {
  let total = 0;
  const end = pending.findIndex((message, index) => {
    total += Buffer.byteLength(JSON.stringify(envelopeOf(message)));
    return index > 0 && total > bytes;
  });
  return end < 0 ? pending : pending.slice(0, end);
}

function outcomes(
  batch: readonly Message[],
  answer: { accepted: readonly string[]; refused: readonly { id: string; reason: string }[] },
): readonly DeliveryChange[] {
  const accepted = new Set(answer.accepted);
  const refused = new Map(answer.refused.map(({ id, reason }) => [id, reason]));
  return batch.flatMap((message) => {
    if (accepted.has(message.id)) return [change(message, 'acknowledged')];
    const reason = refused.get(message.id);
    return reason === undefined ? [] : [change(message, 'rejected', said(reason))];
  });
}

/** A delivery event of `message`, with the reason a user will read. */
function change(
  { id }: Message,
  event: DeliveryEvent,
  reason: ProblemParams = said(''),
): DeliveryChange {
  return { id, event, problem: why(event, reason) };
}

function why(event: DeliveryEvent, reason: ProblemParams): Problem | null {
  if (event === 'answer-lost') return problem('no-answer');
  return event === 'rejected' ? problem('call-failed', reason) : null;
}
