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

export interface ReconnectorDeps {
  readonly world: World;
  /** Where the contact may be, in the order in which to try. */
  readonly targets: () => readonly DialTarget[];
  /** What to tell the user when there is nowhere. */
  readonly noAddress: () => Problem;
  /** Whether to reconnect automatically: only contacts that the user has accepted. */
  readonly keepsTrying: () => boolean;
  /** Whether the user wanted this contact; if not, it is dialled only to hand something over. */
  readonly isChosen: () => boolean;
  readonly hasPending: () => Promise<boolean>;
  /** Takes one dial to this address from the budget for automatic dials. */
  readonly mayDial: (address: PeerAddress) => boolean;
  /** Dials one address and makes what it finds usable. Rejects with a `ProblemError`. */
  readonly establish: (
    address: PeerAddress,
    onStep: (step: ConnectStep) => void,
    runner: Runner,
  ) => Promise<void>;
  readonly onState: (state: LinkState) => void;
  readonly onLive: (live: LiveLink | null) => void;
  /** Two links of two processes; both are kept until this resolves. */
  readonly onDuplicate: (older: LiveLink, newer: LiveLink) => Promise<void>;
  readonly onUnexpected: (error: unknown) => void;
  readonly backoff?: BackoffRange;
}
