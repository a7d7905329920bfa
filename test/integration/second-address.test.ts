import { expect, test } from 'vitest';
import { startFaultProxy } from '../support/network/fault-proxy.ts';
import { freePort } from '../support/network/tcp-server.ts';
import { RealPeer } from '../support/peers/real-peer.ts';

test.each(['smaller', 'bigger'] as const)(
  'messages to an address arrive when it proves to be a contact already online (%s identity)',
  async (which) => {
    const both = [await RealPeer.start('One'), await RealPeer.start('Two')];
    both.sort((a, b) => (a.identity < b.identity ? -1 : 1));
    const [writer, friend] = which === 'smaller' ? both : both.reverse();
    if (!writer || !friend) throw new Error('two peers are needed');
    const toWriter = await friend.connect(`127.0.0.1:${writer.port}`);
    await friend.untilLink(toWriter, 'online');

    const proxy = await startFaultProxy({ target: await freePort() });
    const address = `127.0.0.1:${proxy.port}`;
    const unknown = await writer.connect(address);
    await writer.untilLink(unknown, 'offline');
    await writer.send(unknown, 'Is that you?');
    proxy.retarget(friend.port);
    await writer.peer.app.retry({ contactId: unknown });
    await writer.until('one contact', async () => {
      const [only, ...others] = await writer.conversations();
      return only?.contact.identity === friend.identity && others.length === 0;
    });

    const { contact } = await writer.with(friend);
    await writer.untilDelivered(contact.id);
    expect(await friend.bodies(toWriter, 'them')).toEqual(['Is that you?']);
    await writer.until('the second address', async () =>
      (await writer.with(friend)).contact.addresses.includes(address),
    );
    await proxy.stop();
  },
);
