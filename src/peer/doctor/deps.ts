import type { PeerAddress } from '../../shared/address.ts';
import type { Limits } from '../../shared/limits.ts';
import type { Contact, Identity } from '../../shared/model.ts';
import type { Dial } from '../channel.ts';
import type { World } from '../world.ts';
import type { Probe } from './probe.ts';

/** Where the other side may call us back, or why that is not asked for. */
export type Inbound =
  | {
      readonly type: 'listening';
      readonly port: number;
      /** Whether only this computer can get there. */
      readonly localOnly: boolean;
      /** To be called when the call back is over. */
      readonly close: () => Promise<void>;
    }
  | { readonly type: 'none'; readonly reason: string };

/** What the doctor needs of a peer, or of a program that runs none. */
export interface DoctorDeps {
  readonly world: World;
  readonly limits: Limits;
  readonly probe: Probe;
  /** Shows the same identity as `probe`. */
  readonly dial: Dial;
  /** Our own identity; null when we show none: then nobody speaks the Parley contract to us. */
  readonly identity: Identity | null;
  /** Whether an address leads to ourselves. */
  readonly isOwn: (address: PeerAddress) => boolean;
  readonly contactAt: (address: PeerAddress) => Contact | null;
  readonly contactOf: (identity: Identity) => Contact | null;
  /** `localHost`: our own end of a connection to the other side. */
  readonly inbound: (localHost: string) => Promise<Inbound>;
  readonly onUnexpected: (error: unknown) => void;
}
