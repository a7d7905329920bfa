import type { Store } from '../../src/core/storage/store.ts';
import type { Message } from '../../src/shared/model/model.ts';
import type { SimNode } from './sim-node.ts';

const ALL = Number.MAX_SAFE_INTEGER;

/** What must be true when the trouble is over. Each sentence names what a user would have lost. */
export async function violations(nodes: readonly SimNode[]): Promise<readonly string[]> {
  const found: string[] = [];
  const histories = new Map<string, readonly Message[]>();
  for (const node of nodes) histories.set(node.name, await history(await node.disk.contents()));
  const of = (node: SimNode): readonly Message[] => histories.get(node.name) ?? [];

  for (const node of nodes) {
    const received = of(node).filter(({ author }) => author === 'them');
    for (const { body } of received) {
      if (!body.includes(`>${node.name}#`))
        found.push(`${node.name} got a message not for it: ${body}`);
    }
    const bodies = received.map(({ body }) => body);
    for (const body of new Set(bodies)) {
      const times = bodies.filter((it) => it === body).length;
      if (times > 1) found.push(`${node.name} was shown ${times} times: ${body}`);
    }
  }

  for (const sender of nodes) {
    const own = new Map(of(sender).map((message) => [message.id, message]));
    for (const receiver of nodes) {
      if (sender === receiver) continue;
      const accepted = sender.accepted.filter(({ to }) => to === receiver.name);
      const arrived = of(receiver).filter((message) => message.body.startsWith(`${sender.name}>`));
      const arrivedIds = arrived.map(({ body }) => body);
      const forgotten = sender.removed.has(receiver.name) || receiver.removed.has(sender.name);
      for (const { id, body } of accepted) {
        if (forgotten) break;
        const state = own.get(id)?.state;
        if (receiver.identity === null && state !== undefined) {
          // Without ids nothing is sent twice, so it may be unknown what came of a message.
          const settled = ['delivered', 'unconfirmed', 'failed'].includes(state);
          if (!settled) found.push(`never left (${state}): ${body}`);
          if (state === 'delivered' && !arrivedIds.includes(body))
            found.push(`never arrived (${state}): ${body}`);
          continue;
        }
        if (state === undefined) found.push(`lost from ${sender.name}'s own history: ${body}`);
        if (!arrivedIds.includes(body)) found.push(`never arrived (${state}): ${body}`);
        else if (state !== 'delivered' && state !== 'read')
          found.push(`arrived, yet ${state}: ${body}`);
      }
      const sentOrder = of(sender)
        .filter(({ author, body }) => author === 'me' && arrivedIds.includes(body))
        .map(({ body }) => body);
      if (
        JSON.stringify(sentOrder) !==
        JSON.stringify(arrivedIds.filter((it) => sentOrder.includes(it)))
      ) {
        found.push(`order changed from ${sender.name} to ${receiver.name}`);
      }
    }
  }
  return found;
}

async function history(store: Store): Promise<readonly Message[]> {
  const pages = [];
  for (const { contact } of await store.conversations()) {
    pages.push(...(await store.page(contact.id, null, ALL)).messages);
  }
  return pages.sort((a, b) => a.seq - b.seq);
}
