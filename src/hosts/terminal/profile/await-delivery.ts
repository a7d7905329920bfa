import type { PeerApp } from '../../../shared/bridge/chat-bridge.ts';
import type { EventBatch, PeerEvent } from '../../../shared/bridge/events.ts';
import type { Contact, ContactId, LinkState, Message } from '../../../shared/model/model.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { isWrongAnswer } from '../../../shared/problems/wrong-answer.ts';

/** The result of waiting for a delivery. */
export interface DeliveryResult {
  readonly message: Message;
  /** The recipient, as it is now. */
  readonly contact: Contact;
  readonly link: LinkState;
  /** Why the wait ended although the message is still queued; null otherwise. */
  readonly gaveUp: Problem | null;
}

interface Waiting {
  readonly app: PeerApp;
  readonly message: Message;
  readonly contact: Contact;
  readonly link: LinkState;
  /** The event after which to subscribe: before the message was accepted. */
  readonly afterSeq: number;
  /** Fires on the timeout. */
  readonly timeUp: AbortSignal;
  /** Fires when the app has stopped, with the error to reject with. */
  readonly lost: AbortSignal;
}

/**
 * Waits until an accepted message is delivered, failed or unconfirmed, until no attempt will be
 * made any more, or until the timeout.
 */
export function awaitDelivery(waiting: Waiting): Promise<DeliveryResult> {
  const { app, afterSeq, timeUp, lost, ...start } = waiting;
  const { promise, resolve, reject } = Promise.withResolvers<DeliveryResult>();
  let result: DeliveryResult = { ...start, gaveUp: null };
  // The contact may be merged into another one.
  let contactId: ContactId = start.contact.id;
  const settle = (change: Partial<DeliveryResult>): void => {
    result = { ...result, ...change };
    if (isSettled(result.message) || result.gaveUp) resolve(result);
  };
  const onEvent = (event: PeerEvent): void => {
    if (event.type === 'message-changed' || event.type === 'message-added') {
      if (event.message.id === result.message.id && event.message.author === 'me') {
        settle({ message: event.message });
      }
    } else if (event.type === 'conversation-removed' && event.contactId === contactId) {
      contactId = event.mergedInto ?? contactId;
    } else if (event.type === 'conversation-changed') {
      const { contact, link } = event.conversation;
      if (contact.id !== contactId) return;
      const final =
        link.phase === 'offline' && (link.retryAt === null || isWrongAnswer(link.problem));
      settle({ contact, link, gaveUp: final ? link.problem : null });
    }
  };
  const reread = async (): Promise<void> => {
    // The same id again is not a second message: the answer is the message as it is now.
    const { id, body } = result.message;
    settle({ message: await app.send({ contactId, id, body }) });
  };
  const onBatch = (batch: EventBatch): void => {
    if (batch.type === 'gap') reread().catch(reject);
    else for (const { event } of batch.events) onEvent(event);
  };
  const unsubscribe = app.subscribe(afterSeq, onBatch);
  const onTimeUp = (): void => resolve(result);
  const onLost = (): void => reject(lost.reason);
  timeUp.addEventListener('abort', onTimeUp, { once: true });
  lost.addEventListener('abort', onLost, { once: true });
  if (timeUp.aborted) onTimeUp();
  if (lost.aborted) onLost();
  settle({});
  // The user is waiting: no reason to wait for the next scheduled attempt.
  app.retry({ contactId }).catch(() => undefined);
  return promise.finally(() => {
    unsubscribe();
    timeUp.removeEventListener('abort', onTimeUp);
    lost.removeEventListener('abort', onLost);
  });
}

function isSettled({ state }: Message): boolean {
  return ['delivered', 'read', 'failed', 'unconfirmed'].includes(state);
}
