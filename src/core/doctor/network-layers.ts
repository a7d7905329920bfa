import { formatAddress, type PeerAddress, parseAddress } from '../../shared/address/address.ts';
import { identityCode } from '../../shared/address/identity-text.ts';
import type { Identity } from '../../shared/model/model.ts';
import { type Problem, problem, problemOf, raise } from '../../shared/problems/problem.ts';
import type { HostAddress } from '../net/dial/connect-tcp.ts';
import type { DoctorDeps } from './deps.ts';
import type { SecureFinding } from './probe.ts';
import { failed, ok, type Verdict, warning } from './report.ts';

/** An address and the contact that is expected there. */
export interface Target {
  readonly address: PeerAddress;
  /** Pinned by the invite, else the identity of the contact known at that address. */
  readonly expected: Identity | null;
  /** How the user knows the contact. */
  readonly name: string;
}

export function examineAddress(deps: DoctorDeps, text: string): Verdict<Target> {
  const parsed = parseAddress(text);
  if (!parsed.ok) raise('bad-address', parsed.params);
  const { address, identity: invited } = parsed;
  const shown = formatAddress(address);
  if (deps.isOwn(address)) raise('own-address', { address: shown });
  const { contacts } = deps;
  const contact = invited === null ? contacts?.at(address) : contacts?.of(invited);
  const expected = invited ?? contact?.identity ?? null;
  const detail = `${shown}: host ${address.host}, port ${address.port}.`;
  return ok(detail, { address, expected, name: contact?.name ?? shown });
}

export async function examineName(
  { probe }: DoctorDeps,
  { address }: Target,
  signal: AbortSignal,
): Promise<Verdict<readonly HostAddress[]>> {
  const found = await probe.find(address, signal);
  if (found.length === 1 && found[0]?.address === address.host) {
    return ok(`${address.host} is a number (IPv${found[0].family}), so there is no name.`, found);
  }
  const list = found.map((it) => `${it.address} (${it.family === 4 ? 'A' : 'AAAA'})`);
  return ok(`${address.host} is ${list.join(', ')}.`, found);
}

/** The network address that answered, and our own end of the connection to it. */
export interface Route {
  readonly via: HostAddress;
  readonly localHost: string;
}

/** Of several failures, the one that says most about the other side. */
const MOST_TELLING: readonly Problem['code'][] = ['refused', 'timed-out', 'too-many-open'];

const IN_A_WORD: Readonly<Partial<Record<Problem['code'], string>>> = {
  refused: 'refused',
  'timed-out': 'no answer',
  unreachable: 'no route',
  'too-many-open': 'too many connections here',
};

/** Connects to every network address at once: a dial would stop at the first that answers. */
export async function examineRoute(
  { probe }: DoctorDeps,
  { address }: Target,
  found: readonly HostAddress[],
  signal: AbortSignal,
): Promise<Verdict<Route>> {
  const attempts = await Promise.all(
    found.map(async (via) => {
      try {
        return { via, localHost: await probe.knock(address, via, signal), problem: null };
      } catch (error) {
        return { via, localHost: '', problem: problemOf(error) };
      }
    }),
  );
  const lines = attempts.map((it) => {
    const outcome = it.problem === null ? 'accepts' : (IN_A_WORD[it.problem.code] ?? 'failed');
    return `${it.via.address}: ${outcome}`;
  });
  const detail = `Port ${address.port} at ${lines.join('; ')}.`;
  const first = attempts.find((it) => it.problem === null);
  if (first) return ok(detail, first);
  const problems = attempts.map((it) => it.problem).filter((it) => it !== null);
  const telling = MOST_TELLING.map((code) => problems.find((it) => it.code === code));
  const cause = telling.find((it) => it !== undefined) ?? problems[0];
  return failed(cause ?? problem('unreachable', { host: address.host }), detail);
}

/** How the other side is dialled in the following layers. */
export interface Security {
  readonly encrypted: boolean;
  readonly identity: Identity | null;
}

const PLAIN: Security = { encrypted: false, identity: null };

export async function examineEncryption(
  deps: DoctorDeps,
  target: Target,
  { via }: Route,
  signal: AbortSignal,
): Promise<Verdict<Security>> {
  const { address, expected } = target;
  const params = { ...address, address: formatAddress(address), name: target.name };
  const plain = problem('not-encrypted', params);
  if (address.scheme === 'plain' && expected === null) {
    return warning('The address asks for an unencrypted connection.', plain, PLAIN);
  }
  const finding = await deps.probe.secure(address, expected, via, signal);
  if (finding.type === 'tls') return judgeIdentity(deps, target, finding.identity);
  if (finding.type === 'failed') return failed(problem('secure-failed', params), failedTls());
  const seen = WITHOUT_TLS[finding.reason];
  if (expected !== null) return failed(problem('plain-refused', params), seen);
  if (address.scheme === 'secure') return failed(problem('secure-failed', params), seen);
  return warning(`${seen} It can only be spoken to unencrypted.`, plain, PLAIN);
}

function failedTls(): string {
  return 'It speaks TLS, but not TLS 1.3 as peers do.';
}

const WITHOUT_TLS: Readonly<Record<(SecureFinding & { type: 'plain' })['reason'], string>> = {
  'not-tls': 'It answers, but not in TLS.',
  silent: 'It took a greeting in TLS without answering it.',
  closed: 'It hung up on a greeting in TLS.',
};

function judgeIdentity(
  deps: DoctorDeps,
  { address, expected, name }: Target,
  identity: Identity | null,
): Verdict<Security> {
  const params = { ...address, address: formatAddress(address), name };
  const security: Security = { encrypted: true, identity };
  if (identity !== null && identity === deps.identity)
    return failed(problem('own-address', params));
  const code = identity === null ? null : identityCode(identity);
  if (expected !== null && identity !== expected) {
    const seen = code === null ? 'a key that no peer uses' : code;
    const detail = `TLS 1.3. Expected: ${identityCode(expected)}. Found: ${seen}.`;
    return failed(problem('identity-changed', params), detail);
  }
  if (code === null) {
    const detail = 'TLS 1.3, but without a key that proves an identity.';
    return warning(detail, problem('identity-unproven', params), security);
  }
  const meeting = expected === null ? 'Found' : 'As expected';
  return ok(`TLS 1.3. ${meeting}: ${code}.`, security);
}
