import { waitingTimers } from '../../../core/base/system-world.ts';
import { withDeadline } from '../../../core/base/timeout.ts';
import type { Peer } from '../../../core/peer.ts';
import { nameInGreeting } from '../../../core/protocol/greeting.ts';
import type { OpenClient } from '../../../core/protocol/open-client.ts';
import { DEFAULT_LIMITS } from '../../../shared/model/limits.ts';
import type { Self } from '../../../shared/model/model.ts';
import { displayName } from '../../../shared/model/text.ts';
import { problemOf } from '../../../shared/problems/problem.ts';
import { inspectStats, inspectText } from '../inspect.ts';
import { printableBlock } from '../printable.ts';
import type { PeerLabel, ServeView } from './view.ts';

/** How long the first lines wait for the peer's name, milliseconds. */
const NAME_WAIT = 1_000;

/** Begins connecting to the peer, so that the first lines can already use its name. */
export function approach(
  connect: () => ReturnType<Peer['openClient']>,
  nameWait: number = NAME_WAIT,
) {
  const client = connect();
  const announced = client.then((open) => ownName(open)).catch(() => null);
  // The peer's own name; null when it is not known in time.
  return { client, name: withDeadline(waitingTimers, nameWait, announced, () => null) };
}

/**
 * The calls on start: `greet`, `chat` and `get_stats`, each shown as it happens. Never throws: an
 * absent peer is an ordinary case.
 */
export async function callOnStart(
  view: ServeView,
  self: Self,
  peer: PeerLabel,
  connection: Promise<OpenClient>,
): Promise<void> {
  view.connecting(peer);
  view.calling(self, peer, 'greet()');
  let client: OpenClient | undefined;
  try {
    client = await connection;
    const greeting = await client.greet();
    view.answered(printableBlock(greeting, '     '));
    const name = await ownName(client);
    const named = name === null ? peer : { ...peer, name, named: true };
    const message = named.named ? `Hi ${named.name}!` : 'Hi!';
    view.calling(self, named, `chat(${inspectText(message)})`);
    const answer = await client.chat(message);
    view.answered(printableBlock(answer, '     '));
    view.calling(self, named, 'get_stats()');
    const stats = await client.getStats();
    view.answered(inspectStats(stats));
    view.called(named, { greeting, message, answer, stats });
  } catch (error) {
    view.callFailed(peer, problemOf(error));
  } finally {
    client?.close();
  }
}

/**
 * The announced name of a peer: its `name`, else (not every peer has one) the name in its greeting.
 */
async function ownName(client: OpenClient): Promise<string | null> {
  const name = await client.name().catch(async () => {
    return nameInGreeting(await client.greet());
  });
  return displayName(name, DEFAULT_LIMITS) || null;
}
