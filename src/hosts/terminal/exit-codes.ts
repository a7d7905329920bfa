import type { ProblemCode } from '../../shared/problem.ts';

/** What each exit code means. Scripts rely on the numbers: add, never renumber. */
export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  refused: 3,
  timedOut: 4,
  notAPeer: 5,
  overLimit: 6,
  unreachable: 7,
  rejected: 8,
  unconfirmed: 9,
  identity: 10,
  cannotListen: 11,
  storage: 12,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The meanings, as `parley help` shows them. */
export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'done: delivered, answered, or stopped when asked to'],
  [EXIT.internal, 'something went wrong inside Parley'],
  [EXIT.usage, 'bad usage: an option, an address or a text that cannot be'],
  [EXIT.refused, 'refused: the computer answers, but nothing listens on that port'],
  [EXIT.timedOut, 'timed out: no answer, and nothing of the message had left'],
  [EXIT.notAPeer, 'not a peer: something else answers there'],
  [EXIT.overLimit, 'over a limit: nothing was sent'],
  [EXIT.unreachable, 'unreachable: no such name, or no route'],
  [EXIT.rejected, 'rejected: the peer refused or answered with an error'],
  [EXIT.unconfirmed, 'unconfirmed: the message left, but no answer came'],
  [EXIT.identity, 'the other side could not prove who it is'],
  [EXIT.cannotListen, 'cannot listen on that host and port'],
  [EXIT.storage, 'the data folder is in use, damaged, or cannot be written'],
];

const codes: Readonly<Record<ProblemCode, ExitCode>> = {
  'bad-address': EXIT.usage,
  'own-address': EXIT.usage,
  'name-not-found': EXIT.unreachable,
  refused: EXIT.refused,
  unreachable: EXIT.unreachable,
  'timed-out': EXIT.timedOut,
  'peer-busy': EXIT.rejected,
  'too-many-open': EXIT.overLimit,
  'not-encrypted': EXIT.identity,
  'identity-unproven': EXIT.identity,
  'peer-silent': EXIT.timedOut,
  'protocol-unknown': EXIT.notAPeer,
  'protocol-differs': EXIT.notAPeer,
  'batch-only': EXIT.notAPeer,
  'clock-differs': EXIT.rejected,
  'inbound-local-only': EXIT.unreachable,
  'inbound-refused': EXIT.refused,
  'inbound-timed-out': EXIT.timedOut,
  'inbound-other-identity': EXIT.identity,
  cancelled: EXIT.timedOut,
  'not-a-peer': EXIT.notAPeer,
  'origin-refused': EXIT.rejected,
  'secure-failed': EXIT.identity,
  'identity-changed': EXIT.identity,
  'identity-known': EXIT.identity,
  'identity-unseen': EXIT.identity,
  'plain-refused': EXIT.identity,
  // A connection that breaks during a call leaves open whether the call arrived.
  'connection-lost': EXIT.unconfirmed,
  'no-answer': EXIT.unconfirmed,
  'call-failed': EXIT.rejected,
  'cannot-answer': EXIT.rejected,
  blocked: EXIT.rejected,
  'message-empty': EXIT.usage,
  'message-too-long': EXIT.overLimit,
  'message-malformed': EXIT.usage,
  'name-empty': EXIT.usage,
  'name-too-long': EXIT.overLimit,
  'over-limit': EXIT.overLimit,
  'port-in-use': EXIT.cannotListen,
  'port-forbidden': EXIT.cannotListen,
  'host-unavailable': EXIT.cannotListen,
  'port-invalid': EXIT.usage,
  'profile-in-use': EXIT.storage,
  storage: EXIT.storage,
  'store-newer': EXIT.storage,
  'store-damaged': EXIT.storage,
  'store-foreign': EXIT.storage,
  'import-invalid': EXIT.storage,
  'import-newer': EXIT.storage,
  'identity-unreadable': EXIT.storage,
  'identity-unsaved': EXIT.storage,
  'clipboard-refused': EXIT.internal,
  'unknown-contact': EXIT.internal,
  'unknown-message': EXIT.internal,
  'bad-input': EXIT.usage,
  stopped: EXIT.internal,
  internal: EXIT.internal,
};

/** The exit code of a problem. The compiler asks for an entry whenever a problem code is added. */
export function exitCodeOf(code: ProblemCode): ExitCode {
  return codes[code];
}
