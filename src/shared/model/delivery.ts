/**
 * The delivery state of an outgoing message. A pure reducer: it never goes backwards, except into
 * `unconfirmed` and `failed`, and out of those only by the user's "send again". (An attempt in
 * which not a byte was sent, `not-sent`, does not count: the message is `queued` as before.)
 *
 * - `queued`: on our disk, not yet handed to a connection
 * - `sending`: handed to a connection at least once, not acknowledged
 * - `delivered`: the other side has it (a Parley peer: on its disk)
 * - `read`: the other side has shown it to its user
 * - `unconfirmed`: sent to a peer that cannot recognise a duplicate, and not answered
 * - `failed`: refused by the other side, or over a limit
 */
export const DELIVERY_STATES = [
  'queued',
  'sending',
  'delivered',
  'read',
  'unconfirmed',
  'failed',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

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

/** Whether a message in this state is still to be sent. */
export function isPending(state: DeliveryState): boolean {
  return state === 'queued' || state === 'sending';
}

/** Whether the user may choose "send again". */
export function canSendAgain(state: DeliveryState): boolean {
  return state === 'unconfirmed' || state === 'failed';
}
