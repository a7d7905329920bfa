import { BATCH_PATH } from '../../../core/protocol/routes.ts';
import {
  formatAddress,
  isLoopbackHost,
  type PeerAddress,
} from '../../../shared/address/address.ts';
import type { Self } from '../../../shared/model/model.ts';
import type { PeerLabel } from './view.ts';

/** The label of the peer at `address`; `name` is null while it is unknown. */
export function peerLabel(address: PeerAddress, name: string | null): PeerLabel {
  const text = withoutScheme(address);
  return {
    name: name ?? text,
    named: name !== null,
    address: text,
    url: `${address.scheme === 'secure' ? 'https' : 'http'}://${text}`,
    port: address.port,
    local: isLoopbackHost(address.host),
  };
}

/**
 * The URL at which others call us: our own address, or with all interfaces the first that others
 * can use.
 */
export function exportUrl({ listening, addresses }: Self): string {
  const { host, port } = listening ?? { host: '127.0.0.1', port: 0 };
  if (host !== '0.0.0.0' && host !== '::') {
    return `http://${withoutScheme({ host, port })}${BATCH_PATH}`;
  }
  const outside = addresses.find(({ kind }) => kind === 'lan') ?? addresses[0];
  return `http://${outside?.address ?? `127.0.0.1:${port}`}${BATCH_PATH}`;
}

function withoutScheme({ host, port }: Pick<PeerAddress, 'host' | 'port'>): string {
  return formatAddress({ scheme: 'auto', host, port });
}
