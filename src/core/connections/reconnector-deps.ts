import type { PeerAddress } from '../../shared/address/address.ts';
import type { ConnectStep, LinkState } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import type { DialTarget } from '../contacts/contact-addresses.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import type { Runner } from './address-race.ts';
import type { BackoffRange } from './backoff.ts';

/**
 * Why a contact is dialled: the user asks for it (never refused, and shown step by step), the network
 * has changed (shown), or it is time to try again (not shown).
 */
export type DialCause = 'user' | 'network' | 'again';

export interface ContactLinkDeps {
  readonly world: World;
  /** Where the contact may be, in the order in which to try. */
  readonly targets: () => readonly DialTarget[];
  /** What to tell the user when there is nowhere. */
  readonly noAddress: () => Problem;
  /** Whether to dial again by itself: nobody is called back whom the user has not accepted. */
  readonly keepsTrying: () => boolean;
  /** Whether the user wanted this contact; if not, it is dialled only to hand something over. */
  readonly isChosen: () => boolean;
  readonly hasPending: () => Promise<boolean>;
  /** Takes a dial to this address from what we may dial by ourselves. */
  readonly mayDial: (address: PeerAddress) => boolean;
  /** Dials one address and makes what it finds usable. Rejects with a `ProblemError`. */
  readonly establish: (
    address: PeerAddress,
    onStep: (step: ConnectStep) => void,
    runner: Runner,
  ) => Promise<void>;
  readonly onState: (state: LinkState) => void;
  readonly onLive: (live: LiveLink | null) => void;
  /** Two links from two processes; both are left alone until this resolves. */
  readonly onTwo: (older: LiveLink, newer: LiveLink) => Promise<void>;
  readonly onUnexpected: (error: unknown) => void;
  readonly backoff?: BackoffRange;
}
