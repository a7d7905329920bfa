import type { Peer } from '../../src/core/peer.ts';
import type { ContactId } from '../../src/shared/model/model.ts';

/** Links a peer with the one on a port of this computer; it has no other contact yet. */
export async function connectTo({ app }: Pick<Peer, 'app'>, port: number): Promise<ContactId> {
  const { contactId } = await app.connect({ address: `127.0.0.1:${port}` });
  const { seq, conversations } = await app.snapshot({});
  const there = conversations.find(({ contact }) => contact.id === contactId);
  if (there?.link.phase === 'online') return there.contact.id;
  return new Promise((resolve) => {
    const stop = app.subscribe(seq, (batch) => {
      if (batch.type === 'gap') return;
      for (const { event } of batch.events) {
        if (event.type !== 'conversation-changed') continue;
        const { contact, link } = event.conversation;
        // The only contact; it may have been merged with one that was there.
        if (link.phase === 'online' && link.transport === 'parley') {
          stop();
          resolve(contact.id);
        }
      }
    });
  });
}
