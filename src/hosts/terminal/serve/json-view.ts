import { printLine, type TerminalIo } from '../io.ts';
import { jsonLine } from '../printable.ts';
import type { ServeView } from './view.ts';

/**
 * One event per line, as JSON. The names and fields are stable (see `SERVE_EVENTS` in the help
 * text): fields may be added, never renamed.
 */
export function jsonView({ stdout }: Pick<TerminalIo, 'stdout'>): ServeView {
  const emit = (event: string, fields: Readonly<Record<string, unknown>>) =>
    printLine(stdout, jsonLine({ event, ...fields }));
  return {
    starting: () => undefined,
    running: (self, url) =>
      emit('ready', {
        name: self.name,
        host: self.listening?.host ?? null,
        port: self.listening?.port ?? null,
        url,
        identity: self.identity,
        addresses: self.addresses.map(({ address }) => address),
      }),
    introduced: () => undefined,
    connecting: () => undefined,
    calling: () => undefined,
    answered: () => undefined,
    called: ({ name, address }, summary) =>
      emit('peer-called', { ok: true, name, address, ...summary }),
    callFailed: ({ name, named, address }, problem) =>
      emit('peer-called', { ok: false, name: named ? name : null, address, problem }),
    waiting: () => undefined,
    received: (_self, { id, body, sentAt, seq }, { contactId, name, address }) =>
      emit('received', { id, contactId, from: name, address, body, sentAt, seq }),
    requested: (_self, { id, body, sentAt, seq }, { contactId, name, address, code }, like) =>
      emit('request', { id, contactId, from: name, address, code, body, sentAt, seq, like }),
    accepted: ({ id, contactId, body, sentAt, seq }) =>
      emit('accepted', { id, contactId, body, sentAt, seq }),
    changed: ({ id, contactId, state, problem }) => {
      if (state === 'delivered' || state === 'read') emit(state, { id, contactId });
      else if (state === 'failed' || state === 'unconfirmed') {
        emit(state, { id, contactId, problem });
      }
    },
    link: ({ contactId, name, address }, link) =>
      emit('link', { contactId, name, address, ...link }),
    lineRefused: (problem) => emit('line-refused', { problem }),
    warnings: (problems) => emit('warnings', { problems }),
    stopped: (reason) => emit('stopped', { reason }),
  };
}

/** The events of `--json`, as the help lists them. */
export const SERVE_EVENTS = `
  ready         name, host, port, url, identity, addresses: calls are taken from now on
  peer-called   the calls to --peer on start. ok: true, name, address, greeting, message, answer,
                stats; or ok: false, name (null when not known), address, problem
  received      id, contactId, from, address, body, sentAt (Unix milliseconds), seq
  request       as received, and code, like: someone wrote with the name or an address of the contact
                "like", but with a different key; see "parley accept --help"
  accepted      id, contactId, body, sentAt, seq: a line of standard input is kept for --peer
  delivered     id, contactId; also: read
  failed        id, contactId, problem; also: unconfirmed
  link          contactId, name, address, phase (connecting, online, offline), ...
  line-refused  problem; null when there is no --peer to send a line to
  warnings      problems: all that is wrong on this side by now (a full disk, say); none when it is
                over
  stopped       reason: SIGINT, SIGTERM or SIGHUP
A problem has a stable code, its params, and the sentences cause and next.

Every message that is stored while it runs is told once, from before "ready" until "stopped". What
was stored before, or just as a copy was killed, is in "parley history".
`.slice(1, -1);
