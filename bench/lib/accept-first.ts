import type { Peer } from '../../src/core/peer.ts';
import type { ContactKind } from '../../src/shared/model/model.ts';

/**
 * Has the user of a copy that takes everybody accept the first contact of each kind: those whose
 * messages are measured. Whoever comes later stays somebody whom nobody chose.
 */
export function acceptFirst({ app }: Peer): void {
  const met = new Set<ContactKind>();
  app.subscribe(0, (batch) => {
    if (batch.type === 'gap') return;
    for (const { event } of batch.events) {
      if (event.type !== 'conversation-changed') continue;
      const { id, kind } = event.conversation.contact;
      if (met.has(kind)) continue;
      met.add(kind);
      app.setPolicy({ contactId: id, policy: 'accepted' }).catch(console.error);
    }
  });
}
