import type { BatchEndpoint } from './channel.ts';
import type { RemoteLink } from './contract.ts';
import type { Session } from './session.ts';

/** How a contact can be spoken to right now. */
export type LiveLink =
  | {
      readonly transport: 'parley';
      readonly session: Session;
      readonly link: RemoteLink;
      /** What the process at the other end calls itself; null where it does not say. */
      readonly instance: string | null;
    }
  | { readonly transport: 'websocket'; readonly session: Session }
  | { readonly transport: 'batch'; readonly batch: BatchEndpoint };

/** Whether nothing can be sent on it any more. A batch peer has no connection to lose. */
export function isDead(live: LiveLink): boolean {
  return live.transport !== 'batch' && live.session.ended;
}
