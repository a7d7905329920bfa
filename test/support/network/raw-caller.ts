import { RpcSession, type RpcStub, RpcTarget } from 'capnweb';
import type { Channel } from '../../../src/core/protocol/channel.ts';
import type { Delivered, Hello } from '../../../src/core/protocol/contract.ts';
import type { LinkCapability } from '../../../src/core/protocol/link-capability.ts';
import type { ParleyCapability } from '../../../src/core/protocol/main-capability.ts';
import type { Identity } from '../../../src/shared/model/model.ts';
import type { MemoryNetwork } from './memory-network.ts';

/** A contact's end of a link that takes everything and says nothing. */
class DeafLink extends RpcTarget {
  deliver(envelopes: readonly { readonly id: string }[]): Delivered {
    return { accepted: envelopes.map(({ id }) => id), refused: [] };
  }
}

/** Somebody who calls a peer on the memory network without being a peer. */
export interface RawCaller {
  readonly root: RpcStub<ParleyCapability>;
  readonly channel: Channel;
  readonly link: (
    name: string,
    port: number | null,
    more?: Partial<Hello>,
  ) => Promise<RpcStub<LinkCapability>>;
}

export async function rawCaller(
  network: MemoryNetwork,
  from: { readonly host: string; readonly identity: Identity | null },
  to: string,
): Promise<RawCaller> {
  const dialled = await network.host(from.host, from.identity).dial(
    { scheme: 'auto', host: to, port: 8080 },
    {
      expectIdentity: null,
      contactName: to,
      onStep: () => {},
      signal: new AbortController().signal,
    },
  );
  if (dialled.type !== 'channel') throw new Error('no channel');
  const { channel } = dialled;
  const root = new RpcSession<ParleyCapability>(channel.transport).getRemoteMain();
  return {
    root,
    channel,
    link: async (name, port, more = {}) => {
      const answer = await root.link({ protocol: 1, name, port, ...more }, new DeafLink());
      return answer.link as unknown as RpcStub<LinkCapability>;
    },
  };
}
