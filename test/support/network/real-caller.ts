import { RpcSession, type RpcStub, RpcTarget } from 'capnweb';
import { onTestFinished } from 'vitest';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { makeIdentity, type PeerIdentity } from '../../../src/core/identity/generate-identity.ts';
import type { Channel } from '../../../src/core/protocol/channel.ts';
import type { Hello } from '../../../src/core/protocol/contract.ts';
import type { LinkCapability } from '../../../src/core/protocol/link-capability.ts';
import type { ParleyCapability } from '../../../src/core/protocol/main-capability.ts';
import { channelFrom, dialTest } from './dialling.ts';

/** A contact's end of a link that takes everything and says nothing. */
class DeafLink extends RpcTarget {
  deliver(envelopes: readonly { readonly id: string }[]) {
    return { accepted: envelopes.map(({ id }) => id), refused: [] };
  }
}

/** Somebody with a key of their own who calls a peer over real sockets without being a peer. */
export interface RealCaller {
  readonly identity: string;
  readonly root: RpcStub<ParleyCapability>;
  readonly channel: Channel;
  /** Makes a link; the hello says what is given, be it true or not. */
  readonly link: (
    hello: Partial<Hello> & Record<string, unknown>,
  ) => Promise<RpcStub<LinkCapability>>;
}

/** Calls a peer on 127.0.0.1 with a fresh key, or a given one. Hangs up when the test has finished. */
export async function realCaller(port: number, key?: PeerIdentity): Promise<RealCaller> {
  const own = key ?? (await makeIdentity(systemWorld));
  const tls = { key: own.privateKeyPem, cert: own.certificatePem };
  const channel = await channelFrom(dialTest({ port, scheme: 'secure' }, {}, { tls }));
  onTestFinished(() => channel.close(1000, 'bye'));
  const root = new RpcSession<ParleyCapability>(channel.transport).getRemoteMain();
  return {
    identity: own.identity,
    root,
    channel,
    link: async (hello) => {
      const answer = await root.link(
        { protocol: 1, name: 'Caller', port: null, ...hello },
        new DeafLink(),
      );
      return answer.link as unknown as RpcStub<LinkCapability>;
    },
  };
}
