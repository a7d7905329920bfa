import type { PeerAddress } from '../../shared/address/address.ts';
import type { Connected } from '../../shared/model/diagnosis.ts';
import type { Limits } from '../../shared/model/limits.ts';
import type { Contact, Identity } from '../../shared/model/model.ts';
import type { World } from '../base/world.ts';
import type { Dial } from '../protocol/channel.ts';
import type { Probe } from './probe.ts';

/** Where the other side may dial us back, or why that is not requested. */
export type Inbound =
  | {
      readonly type: 'listening';
      readonly port: number;
      /** Whether it is reachable from this computer only. */
      readonly localOnly: boolean;
      /** Call when the dial-back is over. */
      readonly close: () => Promise<void>;
    }
  | { readonly type: 'none'; readonly reason: string };

/** The contacts that a doctor can look up. */
export interface KnownContacts {
  /** The contact that the user means by the address. */
  readonly at: (address: PeerAddress) => Contact | null;
  /** Contacts that claim the address without proof. */
  readonly claiming: (address: PeerAddress) => Contact | null;
  readonly of: (identity: Identity) => Contact | null;
  /** Which side opened the current connection to a contact; null if there is none. */
  readonly calledBy: (contact: Contact) => Connected['calledBy'] | null;
}

/** What the doctor needs of a peer, or of a program without one. */
export interface DoctorDeps {
  readonly world: World;
  readonly limits: Limits;
  readonly probe: Probe;
  /** Presents the same identity as `probe`. */
  readonly dial: Dial;
  /** Our own identity; null when we present none: then no peer offers us the Parley contract. */
  readonly identity: Identity | null;
  /** Whether an address leads to ourselves. */
  readonly isOwn: (address: PeerAddress) => boolean;
  /** Null if no profile is open: then the report says nothing about contacts. */
  readonly contacts: KnownContacts | null;
  /** `localHost`: our own end of a connection to the other side. */
  readonly inbound: (localHost: string) => Promise<Inbound>;
  readonly onUnexpected: (error: unknown) => void;
}
