/** An address as it is dialled. */
export interface PeerAddress {
  /**
   * - `auto`: encrypted if the peer can, else the open contract
   * - `plain`: only the open contract (the text began with `http://` or `ws://`)
   * - `secure`: only encrypted (the text began with `https://`, `wss://` or `parley://`)
   */
  readonly scheme: 'auto' | 'plain' | 'secure';
  /** A host name in lower case (ASCII), or an IP address without brackets; IPv6 may have a zone. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
}

export type AddressParse =
  | { readonly ok: true; readonly address: PeerAddress }
  /** What is wrong with the text, a sentence for people. */
  | { readonly ok: false; readonly reason: string };

/** Reads an address as people paste it. Never throws. */
export function parseAddress(_text: string): AddressParse {
  return { ok: false, reason: 'An address is needed.' };
}

/** The shortest text that parses back to the same address: `host:port`, IPv6 in brackets. */
export function formatAddress(address: PeerAddress): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}
