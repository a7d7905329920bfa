import type { NotTaken } from '../../shared/bridge/data-bridge.ts';
import type { Contact, ContactId, Message, MessageId, Settings } from '../../shared/model/model.ts';

/**
 * One thing that a store holds, as it is exported and imported. The position of a message among the
 * others is its order; `seq` is left out because each store gives its own.
 */
export type StoreRecord =
  | { readonly type: 'counters'; readonly received: number }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'contact'; readonly contact: Contact }
  | {
      readonly type: 'message';
      readonly message: Omit<Message, 'seq'>;
      /** Theirs, and not yet read by us. */
      readonly unread: boolean;
    }
  /** A message that the user deleted: remembered so that a late duplicate does not bring it back. */
  | {
      readonly type: 'deleted';
      readonly contactId: ContactId;
      readonly author: Message['author'];
      readonly id: MessageId;
    };

/** How many records an import added; what was already there is not counted. */
export interface ImportCounts {
  readonly contacts: number;
  readonly messages: number;
}

/** What an import came to. */
export interface ImportResult extends ImportCounts {
  /** What the file holds and was not taken as it is; absent where there is nothing. */
  readonly notTaken?: readonly NotTaken[];
}
