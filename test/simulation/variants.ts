import type { Store } from '../../src/core/storage/store.ts';
import { nextDelivery } from '../../src/shared/model/delivery.ts';
import type { Variant } from './simulate.ts';

/** Cores with one defect each. The simulation must catch every one, or it proves nothing. */
export const variants: Readonly<Record<string, Variant>> = {
  'acknowledges before the message is on disk': {
    spoil: (store) => ({
      ...store,
      addMessages: async (messages) => {
        const kept = store.addMessages(messages);
        kept.catch(() => {});
        // Answers at once, with what would have been stored.
        return messages.map((message, index) => ({ ...message, seq: index }));
      },
    }),
  },
  'takes a message that comes twice for two messages': {
    spoil: (store) => {
      let copies = 0;
      return {
        ...store,
        addMessages: (messages) =>
          store.addMessages(
            messages.map((message) => {
              if (message.author === 'me') return message;
              copies += 1;
              return { ...message, id: `${message.id}-${copies}` };
            }),
          ),
      };
    },
  },
  'forgets what is pending': {
    spoil: (store) => {
      const seen = new Set<string>();
      return {
        ...store,
        pending: async (id, limit, after) =>
          (await store.pending(id, limit, after)).filter(({ id: message }) => {
            const first = !seen.has(message);
            seen.add(message);
            return first;
          }),
      };
    },
  },
  'sends the newest first': {
    spoil: (store) => ({
      ...store,
      pending: async (id, limit, after) => [...(await store.pending(id, limit, after))].reverse(),
    }),
  },
  'shows a message as delivered that was only sent': {
    spoil: (store) => ({
      ...store,
      pending: async (id, limit, after) => claimDelivered(store, id, limit, after),
    }),
  },
  'sends again what may have arrived at a peer that cannot tell': {
    spoil: (store) => ({
      ...store,
      setDelivery: (changes) =>
        store.setDelivery(
          changes.map((change) =>
            change.event === 'answer-lost'
              ? { ...change, event: 'not-sent', problem: null }
              : change,
          ),
        ),
    }),
  },
  'sends to whoever answers at the address': { ignoresIdentity: true },
  'does not write down what it was told': {
    spoil: (store) => ({
      ...store,
      setDelivery: async (changes) => {
        const messages = await Promise.all(
          changes.map(({ contactId, id }) => store.message({ contactId, author: 'me', id })),
        );
        return messages.flatMap((message, index) => {
          const change = changes[index];
          if (!message || !change || message.state === 'received') return [];
          return [{ ...message, state: nextDelivery(message.state, change.event) }];
        });
      },
    }),
  },
};

async function claimDelivered(store: Store, id: string, limit: number, after?: number) {
  const pending = await store.pending(id, limit, after);
  await store.setDelivery(
    pending.map((message) => ({
      contactId: message.contactId,
      id: message.id,
      event: 'acknowledged',
      problem: null,
    })),
  );
  return pending;
}
