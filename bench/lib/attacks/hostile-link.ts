import { RpcSession, RpcTarget } from 'capnweb';
import { systemWorld } from '../../../src/core/base/system-world.ts';
import { makeIdentity } from '../../../src/core/identity/generate-identity.ts';
import { createDial } from '../../../src/core/net/dial/dial.ts';
import type { Channel } from '../../../src/core/protocol/channel.ts';
import { uuidv7 } from '../../../src/shared/model/ids.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/model/limits.ts';
import { seeded } from '../../../test/support/basics/seeded.ts';
import { costlyText } from '../../../test/support/storage/costly-text.ts';

/** The link that a hostile peer hands over: it answers nothing. */
class NoLink extends RpcTarget {}

interface LinkedRoot {
  link(hello: object, link: RpcTarget): Promise<{ readonly link: RemoteLink }>;
}

export interface RemoteLink {
  deliver(envelopes: readonly object[]): Promise<unknown>;
}

export interface HostileLink {
  readonly link: RemoteLink;
  readonly channel: Channel;
}

/**
 * Makes itself an identity and a link, as a copy of Parley does.
 *
 * @param claims the port of this computer that it says it listens on
 */
export async function hostileLink(
  port: number,
  name: string,
  claims: number | null = null,
): Promise<HostileLink> {
  const { privateKeyPem, certificatePem } = await makeIdentity(systemWorld);
  const dial = createDial({
    world: systemWorld,
    limits: DEFAULT_LIMITS,
    tls: { key: privateKeyPem, cert: certificatePem },
  });
  const dialled = await dial(
    { scheme: 'auto', host: '127.0.0.1', port },
    {
      expectIdentity: null,
      contactName: 'victim',
      signal: new AbortController().signal,
      onStep: () => {},
    },
  );
  if (dialled.type !== 'channel') throw new Error(`Found ${dialled.type}, not a channel.`);
  const { channel } = dialled;
  const root = new RpcSession<LinkedRoot>(channel.transport).getRemoteMain();
  const hello = { protocol: 1, name, port: claims };
  const { link } = (await root.link(hello, new NoLink())) as unknown as { link: RemoteLink };
  return { link, channel };
}

const random = seeded(1);

/**
 * Envelopes as `deliver` takes them, each with a body of so many bytes that takes as much room in the
 * other side's word index as any that is known.
 */
export function envelopes(count: number, bytes: number): readonly object[] {
  // Made once: an attacker does not spend its time on this.
  const body = costlyText(bytes, random);
  return Array.from({ length: count }, () => ({
    id: uuidv7(systemWorld.now(), systemWorld.randomBytes),
    body,
    sentAt: Date.now(),
  }));
}
