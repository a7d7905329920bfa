import type { BatchEndpoint } from './channel.ts';
import type { RemoteLink } from './contract.ts';
import type { Session } from './session.ts';

/** The current connection to a contact. */
export type LiveLink =
  | {
      readonly transport: 'parley';
      readonly session: Session;
      readonly link: RemoteLink;
      /** The id of the process at the other end; null when it does not have one. */
      readonly instance: string | null;
    }
  | { readonly transport: 'websocket'; readonly session: Session }
  | { readonly transport: 'batch'; readonly batch: BatchEndpoint };

/** Whether nothing can be sent on it any more. A batch peer has no connection to lose. */
export function isDead(live: LiveLink): boolean {
  return live.transport !== 'batch' && live.session.ended;
}
