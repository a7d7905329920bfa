import { formatAddress, isLoopbackHost } from '../../shared/address/address.ts';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import type { Conversation } from '../../shared/model/model.ts';
import type { Connections } from '../connections/connections.ts';
import type { ContactBook } from '../contacts/contact-book.ts';
import type { LocalEndpoint } from '../endpoint/local-endpoint.ts';
import type { DoctorDeps, Inbound } from './deps.ts';
import { diagnose } from './diagnose.ts';

export interface PeerDoctorDeps extends Omit<DoctorDeps, 'isOwn' | 'contacts' | 'inbound'> {
  readonly endpoint: LocalEndpoint;
  readonly book: ContactBook;
  readonly connections: Connections;
  /** Fires when the peer stops. */
  readonly signal: AbortSignal;
}

/** The doctor of a running peer: knows its contacts and where it listens. */
export function peerDoctor(deps: PeerDoctorDeps): (address: string) => Promise<Diagnosis> {
  const { endpoint, book, connections, signal } = deps;
  const doctor: DoctorDeps = {
    ...deps,
    isOwn: (address) => endpoint.isOwn(address),
    contacts: {
      at: (address) => book.atAddress(address)[0] ?? null,
      claiming: (address) => {
        const said = formatAddress(address);
        const claims = ({ contact: { policy, addresses } }: Conversation) =>
          policy === 'accepted' && addresses.includes(said);
        return book.all().find(claims)?.contact ?? null;
      },
      of: (identity) => book.byIdentity(identity),
      calledBy: ({ id }) => connections.calledBy(id),
    },
    inbound: async () => inboundOf(endpoint),
  };
  return (address) => diagnose(address, doctor, { signal });
}

function inboundOf(endpoint: LocalEndpoint): Inbound {
  const { listening } = endpoint.self();
  if (listening === null) return { type: 'none', reason: 'This copy takes no calls.' };
  const localOnly = isLoopbackHost(listening.host);
  return { type: 'listening', port: listening.port, localOnly, close: async () => {} };
}
