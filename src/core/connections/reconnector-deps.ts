import type { PeerAddress } from '../../shared/address/address.ts';
import type { ConnectStep, LinkState } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import type { World } from '../base/world.ts';
import type { DialTarget } from '../contacts/contact-addresses.ts';
import type { LiveLink } from '../protocol/live-link.ts';
import type { Runner } from './address-race.ts';

/**
 * Why a contact is dialled: on the user's request (never refused, and shown step by step), after a
 * network change (shown), or as a scheduled retry (not shown).
 */
export type DialCause = 'user' | 'network' | 'again';

export interface ReconnectorDeps {
  readonly world: World;
  /** The contact's addresses, in the order in which to dial them. */
  readonly targets: () => readonly DialTarget[];
  /** The problem to show when there is none. */
  readonly noAddress: () => Problem;
  /** Whether to reconnect automatically: only contacts that the user has accepted. */
  readonly keepsTrying: () => boolean;
  /**
   * Whether the user chose this contact; if not, it is dialled only to deliver pending messages.
   */
  readonly isChosen: () => boolean;
  readonly hasPending: () => Promise<boolean>;
  /** Takes one dial to this address from the budget for automatic dials. */
  readonly mayDial: (address: PeerAddress) => boolean;
  /** Dials one address and establishes a link. Rejects with a `ProblemError`. */
  readonly establish: (
    address: PeerAddress,
    onStep: (step: ConnectStep) => void,
    runner: Runner,
  ) => Promise<void>;
  readonly onState: (state: LinkState) => void;
  readonly onLive: (live: LiveLink | null) => void;
  /** Two links by two processes; both are kept until this resolves. */
  readonly onDuplicate: (older: LiveLink, newer: LiveLink) => Promise<void>;
  readonly onUnexpected: (error: unknown) => void;
}
