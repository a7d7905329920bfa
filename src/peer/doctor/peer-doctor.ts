import { isLoopbackHost } from '../../shared/address.ts';
import type { Diagnosis } from '../../shared/diagnosis.ts';
import type { ContactBook } from '../contact-book.ts';
import type { Endpoint } from '../endpoint.ts';
import type { DoctorDeps, Inbound } from './deps.ts';
import { diagnose } from './diagnose.ts';

export interface PeerDoctorDeps
  extends Omit<DoctorDeps, 'isOwn' | 'contactAt' | 'contactOf' | 'inbound'> {
  readonly endpoint: Endpoint;
  readonly book: ContactBook;
  /** Fires when the peer stops. */
  readonly signal: AbortSignal;
}

/** The doctor of a running peer: knows its contacts and where it listens. */
export function peerDoctor(deps: PeerDoctorDeps): (address: string) => Promise<Diagnosis> {
  const { endpoint, book, signal } = deps;
  const doctor: DoctorDeps = {
    ...deps,
    isOwn: (address) => endpoint.isOwn(address),
    contactAt: (address) => book.atAddress(address)[0] ?? null,
    contactOf: (identity) => book.byIdentity(identity),
    inbound: async () => inboundOf(endpoint),
  };
  return (address) => diagnose(address, doctor, { signal });
}

function inboundOf(endpoint: Endpoint): Inbound {
  const { listening } = endpoint.self();
  if (listening === null) return { type: 'none', reason: 'This copy takes no calls.' };
  const localOnly = isLoopbackHost(listening.host);
  return { type: 'listening', port: listening.port, localOnly, close: async () => {} };
}
