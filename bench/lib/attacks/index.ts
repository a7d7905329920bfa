import type { Attack, Told } from './attack.ts';
import { bigMessages } from './big-messages.ts';
import { chainsOf } from './chains.ts';
import { freshIdentities } from './fresh-identities.ts';
import { fullSlots } from './full-slots.ts';
import { headsOf } from './heads.ts';
import { waitingArguments } from './waiting-arguments.ts';

/** What costs the other side much and the attacker little, unless the other side sees to it. */
export const ATTACKS = {
  'chains-4': () => chainsOf(4),
  'chains-40': () => chainsOf(40),
  'heads-1': () => headsOf(1),
  'heads-32': () => headsOf(32),
  'waiting-arguments': () => waitingArguments,
  'big-messages': () => bigMessages,
  'full-slots': () => fullSlots,
  'fresh-identities': () => freshIdentities,
} satisfies Readonly<Record<string, () => Attack>>;

export type AttackName = keyof typeof ATTACKS;

export type { Told };

/** 1,500 identities take their time. */
const LONG: ReadonlySet<AttackName> = new Set(['fresh-identities']);

/** How many times as long as others an attack lasts. */
export const timesAsLong = (name: AttackName): number => (LONG.has(name) ? 4 : 1);

export const ATTACK_NAMES = Object.keys(ATTACKS) as readonly AttackName[];
