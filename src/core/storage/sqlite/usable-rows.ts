import { isIdentity } from '../../../shared/address/identity-text.ts';
import { MAX_CONTACT_NAME } from '../../../shared/model/limits.ts';
import {
  CONTACT_KINDS,
  type Contact,
  type ContactKind,
  type Message,
  POLICIES,
  TRUSTS,
} from '../../../shared/model/model.ts';
import { displayName } from '../../../shared/model/text.ts';
import { nearestTime } from '../../../shared/model/time.ts';
import { type Problem, problem } from '../../../shared/problems/problem.ts';
import {
  contactAddress,
  contactSchema,
  draftSchema,
  isState,
  problemSchema,
  reachedSchema,
} from '../record-schemas.ts';

/**
 * Recovers what is usable of rows by an earlier version or another program, or damaged ones: no
 * single row may prevent a profile from being opened. Valid values are unchanged.
 */

/** The contact with this id, whatever its row holds. Fields of later versions are kept. */
export function usableContact(id: string, data: unknown): Contact {
  const sound = contactSchema.safeParse(data).data;
  if (sound) return { ...sound, id };
  const values: Readonly<Record<string, unknown>> =
    typeof data === 'object' && data !== null && !Array.isArray(data) ? { ...data } : {};
  const identity = text(values['identity']);
  const key = identity !== null && isIdentity(identity) ? identity : null;
  const kind = nameOf(CONTACT_KINDS, values['kind'], key === null ? 'unknown' : 'parley');
  const trust = nameOf(TRUSTS, values['trust'], 'first-use');
  const addresses = usableAddresses(values['addresses'], kind);
  return {
    ...values,
    id,
    kind,
    name: usableName(text(values['name']) ?? '', addresses[0], key),
    identity: key,
    trust: key === null ? 'none' : trust,
    addresses,
    // If the user's decision about a contact is unreadable, the contact becomes a request.
    policy: nameOf(POLICIES, values['policy'], 'request'),
    reached: usableReached(values['reached']),
    claimed: usableAddresses(values['claimed'], 'parley'),
    chosen: values['chosen'] !== false,
    pinned: values['pinned'] === true,
    muted: values['muted'] === true,
    draft: draftSchema.parse(values['draft']),
    createdAt: nearestTime(values['createdAt']),
  };
}

/** The state of a message; where it is unknown, the author decides. */
export function usableState(author: Message['author'], state: unknown): Message['state'] {
  if (author === 'them') return 'received';
  return isState(state) && state !== 'received' ? state : 'unconfirmed';
}

/** Why a message is `failed` or `unconfirmed`, from the JSON in its row. */
export function usableProblem(json: string): Problem {
  try {
    const kept: unknown = JSON.parse(json);
    const sound = problemSchema.safeParse(kept).data;
    if (sound) return sound;
    // A code of another version: its sentences are still true.
    const { cause, next } = problemSchema.parse({ ...(kept as object), code: 'internal' });
    return { code: 'internal', params: {}, cause, next };
  } catch {
    return problem('internal');
  }
}

function usableName(name: string, address: string | undefined, key: string | null): string {
  const shown = displayName(name, { nameBytes: MAX_CONTACT_NAME });
  return shown || address || (key === null ? '?' : `Peer ${key.slice(0, 8)}`);
}

function usableAddresses(value: unknown, kind: ContactKind): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const address = typeof one === 'string' ? contactAddress(one, kind) : null;
    return address ?? [];
  });
}

function usableReached(value: unknown): Contact['reached'] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => reachedSchema.safeParse(one).data ?? []);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function nameOf<Name extends string>(
  names: readonly Name[],
  value: unknown,
  otherwise: Name,
): Name {
  return names.find((name) => name === value) ?? otherwise;
}
