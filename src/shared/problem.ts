/**
 * What went wrong, in a form a person can act on. A problem has a stable `code` (for scripts and
 * translations), the `params` that its sentences mention, and the sentences: the cause, and what
 * to do next. No raw exception text reaches a user.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly params: ProblemParams;
  /** What happened, one sentence. */
  readonly cause: string;
  /** What to try, one sentence. */
  readonly next: string;
}

export type ProblemParams = Readonly<Record<string, string | number>>;

interface Sentences {
  readonly cause: string;
  readonly next: string;
}

const sentences = {
  'bad-address': { cause: '{reason}', next: 'Type an address such as 192.168.1.20:8080.' },
  'own-address': {
    cause: '{address} is your own address.',
    next: "Type your friend's address: it is shown in their app.",
  },
  'name-not-found': {
    cause: 'No computer named {host} was found.',
    next: 'Check the spelling, or use the numbers (such as 192.168.1.20:8080) instead of the name.',
  },
  refused: {
    cause: '{host} was reached, but nothing is listening on port {port}.',
    next: 'Ask your friend to start Parley there, and compare the port with the one it shows.',
  },
  unreachable: {
    cause: 'There is no route to {host}.',
    next: 'Check that both computers are on the same network or VPN.',
  },
  'timed-out': {
    cause: '{host} did not answer on port {port}.',
    next: 'Check that it is switched on, on the same network, and that its firewall lets port {port} in.',
  },
  'not-a-peer': {
    cause: 'Something answers at {host}:{port}, but it is not a chat peer.',
    next: 'Check the port: it is shown beside the address in your friend’s app.',
  },
  'origin-refused': {
    cause: 'The peer refused this caller ({status}).',
    next: 'Use the numeric address, or ask your friend to add the name you used to their allowed names.',
  },
  'secure-failed': {
    cause: 'The encrypted connection to {host}:{port} could not be set up.',
    next: 'Try again; if it stays so, ask your friend whether both copies are up to date.',
  },
  'identity-changed': {
    cause: 'Another identity answers at {address} than the one you know as {name}.',
    next: 'Do not send anything until you have asked {name} over another way whether they reinstalled.',
  },
  'plain-refused': {
    cause:
      '{name} was known by an encrypted connection, but only an unencrypted one answers at {address}.',
    next: 'Ask {name} to start Parley there; nothing was sent.',
  },
  'peer-busy': {
    cause: '{host} takes no more connections at the moment ({status}).',
    next: 'Wait a moment, then try again.',
  },
  'too-many-open': {
    cause: 'This computer has too many open connections to reach {host}.',
    next: 'Close other programs, then try again.',
  },
  cancelled: {
    cause: 'The attempt to connect was given up.',
    next: 'Connect again when you want to.',
  },
  'connection-lost': {
    cause: 'The connection to {host} was lost.',
    next: 'It is tried again by itself.',
  },
  'no-answer': {
    cause: 'The message left, but no answer came, so it is not known whether it arrived.',
    next: 'Ask whether it arrived before you send it again.',
  },
  'call-failed': {
    cause: 'The other side answered with an error: {reason}',
    next: 'Try again later, or ask whoever runs it.',
  },
  'cannot-answer': {
    cause: '{name} called without leaving an address, so there is nowhere to answer to.',
    next: 'Ask for their address and connect to it.',
  },
  blocked: { cause: 'You have blocked {name}.', next: 'Unblock them first.' },
  'message-empty': { cause: 'The message is empty.', next: 'Write something first.' },
  'message-too-long': {
    cause: 'The message has {bytes} bytes; the limit is {limit}.',
    next: 'Split it into shorter messages.',
  },
  'message-malformed': {
    cause: 'The message holds half of a character (an unpaired surrogate).',
    next: 'Type it again, or paste it from another program.',
  },
  'name-empty': { cause: 'The name is empty.', next: 'Type the name that others should see.' },
  'name-too-long': {
    cause: 'The name has {bytes} bytes; the limit is {limit}.',
    next: 'Choose a shorter name.',
  },
  'over-limit': { cause: 'Too much at once: {what}.', next: 'Wait a moment, then try again.' },
  'port-in-use': {
    cause: 'Port {port} is already used by {owner}.',
    next: 'Close it, or choose another port.',
  },
  'port-forbidden': {
    cause: 'This user may not listen on port {port}.',
    next: 'Choose a port above 1023.',
  },
  'host-unavailable': {
    cause: 'This computer has no network address {host}.',
    next: 'Use 127.0.0.1 for this computer only, or 0.0.0.0 for the whole network.',
  },
  'port-invalid': {
    cause: '{port} is not a port.',
    next: 'Choose a whole number from 1 to 65535.',
  },
  'profile-in-use': {
    cause: 'Another copy of Parley is running on this profile.',
    next: 'Use that one, or start with another profile.',
  },
  storage: {
    cause: 'The history could not be written: {reason}',
    next: 'Free some space or check the permissions of the data folder, then try again.',
  },
  'store-newer': {
    cause: 'The history {file} was written by a newer version of Parley.',
    next: 'Start that version, or choose another data folder; nothing was changed.',
  },
  'store-damaged': {
    cause: 'The history {file} is damaged: {reason}',
    next: 'Nothing in it was changed. Its copy: {copy}. Restore a backup, or start with another data folder and import your last export.',
  },
  'store-foreign': {
    cause: '{file} is a database of another program.',
    next: 'Choose another data folder; nothing was changed.',
  },
  'import-invalid': {
    cause: 'The import stopped at line {line}: {reason}',
    next: 'Choose a file made by "export"; what came before that line was imported and importing again does not double it.',
  },
  'import-newer': {
    cause: 'The file was exported by a newer version of Parley (format {version}).',
    next: 'Update Parley first; nothing was imported.',
  },
  'identity-unreadable': {
    cause: 'The identity in {file} cannot be used: {reason}',
    next: 'Restore that file from a backup. Without it, move it away and start again: you get a new identity, which your contacts have to accept.',
  },
  'identity-unsaved': {
    cause: 'The identity could not be saved in {file}: {reason}',
    next: 'Free some space or check the permissions of the data folder, then try again.',
  },
  'unknown-contact': {
    cause: 'There is no such contact.',
    next: 'It may have been removed; choose another.',
  },
  'unknown-message': { cause: 'There is no such message.', next: 'It may have been deleted.' },
  'bad-input': {
    cause: 'The request was not understood: {reason}',
    next: 'This is a defect in the caller.',
  },
  'clipboard-refused': {
    cause: 'The browser does not let this page use the clipboard.',
    next: 'Select the text and copy it yourself.',
  },
  stopped: { cause: 'Parley is shutting down.', next: 'Start it again.' },
  internal: {
    cause: 'Something went wrong inside Parley.',
    next: 'Try again; if it happens twice, report it with the log.',
  },
} as const satisfies Record<string, Sentences>;

export type ProblemCode = keyof typeof sentences;

/** Every code there is, for tests and for translators. */
export const PROBLEM_CODES = Object.keys(sentences) as readonly ProblemCode[];

/** Fills the sentences of `code` with `params`; a missing parameter shows as its name. */
export function problem(code: ProblemCode, params: ProblemParams = {}): Problem {
  const { cause, next } = sentences[code];
  return { code, params, cause: fill(cause, params), next: fill(next, params) };
}

function fill(template: string, params: ProblemParams): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(params[key] ?? key));
}

/** A problem on its way through code that throws. Its message is the cause and the next step. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(value: Problem, options?: ErrorOptions) {
    super(`${value.cause} ${value.next}`, options);
    this.problem = value;
  }
}

/** Throws the problem `code` describes. */
export function raise(code: ProblemCode, params: ProblemParams = {}): never {
  throw new ProblemError(problem(code, params));
}

/** The problem inside `error`, or the `internal` one for anything we did not foresee. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : problem('internal');
}
