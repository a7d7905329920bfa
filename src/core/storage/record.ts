import type { NotTaken } from '../../shared/bridge/data-bridge.ts';
import type { Contact, ContactId, Message, MessageId, Settings } from '../../shared/model/model.ts';

/**
 * One record of a store, as exported and imported. The position of a message among the others is
 * its order; `seq` is left out because each store assigns its own.
 */
export type StoreRecord =
  | { readonly type: 'counters'; readonly received: number }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'contact'; readonly contact: Contact }
  | {
      readonly type: 'message';
      readonly message: Omit<Message, 'seq'>;
      /** An incoming message that we have not read yet. */
      readonly unread: boolean;
    }
  /** A message that the user deleted: remembered so that a late duplicate does not bring it back. */
  | {
      readonly type: 'deleted';
      readonly contactId: ContactId;
      readonly author: Message['author'];
      readonly id: MessageId;
    };

/** How many records an import added; existing ones are not counted. */
export interface ImportCounts {
  readonly contacts: number;
  readonly messages: number;
}

/** The result of an import. */
export interface ImportResult extends ImportCounts {
  /** What the file holds and was not imported unchanged; absent when there is nothing. */
  readonly notTaken?: readonly NotTaken[];
}
