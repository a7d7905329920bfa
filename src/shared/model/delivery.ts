/**
 * What became of a message that we sent. A pure reducer: it never goes backwards, except into
 * `unconfirmed` and `failed`, and out of those only by the user's "send again". (An attempt after
 * which not a byte had left, `not-sent`, was none: the message is `queued` as before.)
 *
 * - `queued`: on our disk, not yet handed to a connection
 * - `sending`: handed to a connection at least once, not acknowledged
 * - `delivered`: the other side has it (a Parley peer: on its disk)
 * - `read`: the other side has shown it to its user
 * - `unconfirmed`: it left for a peer that cannot recognise a duplicate, and no answer came
 * - `failed`: the other side, or a limit, refused it
 */
export type DeliveryState = 'queued' | 'sending' | 'delivered' | 'read' | 'unconfirmed' | 'failed';

export type DeliveryEvent =
  | 'attempted'
  | 'not-sent'
  | 'acknowledged'
  | 'read'
  | 'answer-lost'
  | 'rejected'
  | 'send-again';

const transitions: Readonly<
  Record<DeliveryState, Readonly<Partial<Record<DeliveryEvent, DeliveryState>>>>
> = {
  queued: { attempted: 'sending', acknowledged: 'delivered', read: 'read', rejected: 'failed' },
  sending: {
    'not-sent': 'queued',
    acknowledged: 'delivered',
    read: 'read',
    'answer-lost': 'unconfirmed',
    rejected: 'failed',
  },
  delivered: { read: 'read' },
  read: {},
  unconfirmed: { 'send-again': 'queued' },
  failed: { 'send-again': 'queued' },
};

/** The state after `event`; an event that does not apply leaves the state as it is. */
export function nextDelivery(state: DeliveryState, event: DeliveryEvent): DeliveryState {
  return transitions[state][event] ?? state;
}

/** Whether a message in this state is still ours to send. */
export function isPending(state: DeliveryState): boolean {
  return state === 'queued' || state === 'sending';
}

/** Whether the user may choose "send again". */
export function canSendAgain(state: DeliveryState): boolean {
  return state === 'unconfirmed' || state === 'failed';
}
