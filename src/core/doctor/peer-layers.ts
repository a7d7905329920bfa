import { z } from 'zod';
import type { ConnectStep } from '../../shared/model/model.ts';
import { displayName } from '../../shared/model/text.ts';
import {
  type ProblemCode,
  ProblemError,
  problem,
  problemOf,
  raise,
} from '../../shared/problems/problem.ts';
import { withDeadline } from '../base/timeout.ts';
import type { Dialled } from '../protocol/channel.ts';
import { PROTOCOL } from '../protocol/contract.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import { askName, openCalls } from '../protocol/open-calls.ts';
import { Session } from '../protocol/session.ts';
import type { DoctorDeps } from './deps.ts';
import type { Security, Target } from './network-layers.ts';
import { ok, skipped, type Verdict, warning } from './report.ts';

/** Timeout of one call, milliseconds. */
export const CALL_TIMEOUT = 15_000;

/** A peer that answers calls. */
export interface Met {
  readonly live: LiveLink;
  readonly security: Security;
  /** Its announced name, safe to show, else its address. */
  readonly name: string;
}

/** Dials as a chat would, and asks for the name. The caller closes what it gets. */
export async function examinePeer(
  deps: DoctorDeps,
  target: Target,
  security: Security,
  signal: AbortSignal,
): Promise<Verdict<Met>> {
  const live = liveLink(deps, await dial(deps, target, security, signal));
  closeOnAbort(live, signal);
  try {
    const told = await askName(openCalls(live, deps.world));
    const name = displayName(told, deps.limits);
    const detail = name === '' ? 'It answers, without a name.' : `It answers as ${name}.`;
    return ok(detail, { live, security, name: name || target.name });
  } catch (error) {
    close(live);
    if (error instanceof ProblemError) throw error;
    const silent = !(error instanceof Error && 'outcome' in error && error.outcome === 'rejected');
    return raise(silent ? 'peer-silent' : 'not-a-peer', { ...target.address });
  }
}

/** Closes the session when the diagnosis is aborted. */
function closeOnAbort(live: LiveLink, signal: AbortSignal): void {
  if (live.transport === 'batch') return;
  const onAbort = () => close(live);
  signal.addEventListener('abort', onAbort, { once: true });
  void live.session.closed.then(() => signal.removeEventListener('abort', onAbort));
}

export function close(live: LiveLink): void {
  if (live.transport !== 'batch') live.session.close();
}

/** Layer 4 decides how to dial; the identity that it found has to be authenticated again. */
async function dial(
  deps: DoctorDeps,
  { address, name }: Target,
  { encrypted, identity }: Security,
  signal: AbortSignal,
): Promise<Dialled> {
  let step: ConnectStep = 'find';
  try {
    return await deps.dial(
      { ...address, scheme: encrypted ? 'secure' : 'plain' },
      {
        expectIdentity: identity,
        contactName: name,
        signal,
        onStep: (next) => {
          step = next;
        },
      },
    );
  } catch (error) {
    // It has accepted the connection by then, so the usual advice would be misleading.
    const late: ProblemCode = 'timed-out';
    if (problemOf(error).code !== late || step === 'find' || step === 'reach') throw error;
    throw new ProblemError(problem('peer-silent', { ...address }), { cause: error });
  }
}

function liveLink({ world }: DoctorDeps, dialled: Dialled): LiveLink {
  if (dialled.type === 'batch') return { transport: 'batch', batch: dialled.batch };
  // We export nothing on this session: the other side can only answer.
  return { transport: 'websocket', session: new Session(dialled.channel, undefined, world) };
}

/**
 * Which contract the other side speaks; the value is its session if that is the Parley contract.
 */
export async function examineContract(
  deps: DoctorDeps,
  { address }: Target,
  { live, security }: Met,
): Promise<Verdict<Session | null>> {
  if (live.transport === 'batch') {
    const detail = 'The open contract, over HTTP batch only.';
    return warning(detail, problem('batch-only', { ...address }), null);
  }
  if (security.identity === null) return ok('The open contract, over a WebSocket.', null);
  if (deps.identity === null) {
    return skipped('This side showed no identity, so only the open contract was offered.');
  }
  const theirs = await protocolOf(deps, live.session);
  if (theirs === null) {
    const detail = 'Encrypted, but the version of the contract is not told.';
    return warning(detail, problem('protocol-unknown', { ...address }), live.session);
  }
  const detail = `The Parley contract, version ${theirs}.`;
  if (theirs === PROTOCOL) return ok(detail, live.session);
  return warning(detail, problem('protocol-differs', { theirs, ours: PROTOCOL }), live.session);
}

/** Null when it is unknown: earlier releases lack this property. */
async function protocolOf({ world }: DoctorDeps, session: Session): Promise<number | null> {
  const answer = await ask(world, CALL_TIMEOUT, session.remote.protocol as PromiseLike<unknown>);
  const parsed = z.int().positive().safeParse(answer);
  return parsed.success ? parsed.data : null;
}

/** The answer, or null when there was none or an error. */
export async function ask(
  world: DoctorDeps['world'],
  ms: number,
  call: PromiseLike<unknown>,
): Promise<unknown> {
  return withDeadline(world, ms, call, () => null).catch(() => null);
}

const NO_PROFILE = 'No profile was looked into, so nobody is known here.';

/** The contact that the authenticated identity belongs to. */
export function examineIdentity(
  deps: DoctorDeps,
  target: Target,
  { security }: Met,
): Verdict<true> {
  const { identity } = security;
  const { contacts } = deps;
  if (contacts === null) return skipped(NO_PROFILE);
  const here = contacts.at(target.address);
  if (identity === null) {
    return skipped(
      here === null
        ? 'No identity is proven, and no contact is known at this address.'
        : `No identity is proven, so nothing tells whether this is ${here.name}.`,
    );
  }
  const contact = contacts.of(identity);
  if (contact === null) {
    return ok('A first meeting: nobody is known by this identity yet. Compare the code.', true);
  }
  if (contact.policy === 'blocked') {
    return warning(`This is ${contact.name}.`, problem('blocked', { name: contact.name }), true);
  }
  const detail =
    here?.id === contact.id
      ? `This is ${contact.name}, as known at this address.`
      : `This is ${contact.name}, known from another address until now.`;
  return ok(detail, true);
}
