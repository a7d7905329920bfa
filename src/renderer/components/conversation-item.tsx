import type { Conversation } from '../../shared/model.ts';
import { presenceOf, shortWhenLabel } from '../state/labels.ts';
import { strings } from '../strings.ts';
import { Avatar } from './avatar.tsx';
import { UnlockIcon } from './icons.tsx';

/** The longest preview that is put into the page; the rest would not be seen anyway. */
const PREVIEW = 160;

/** One conversation in the list. */
export function ConversationItem({
  conversation,
  draft,
  selected,
  now,
  onSelect,
}: {
  conversation: Conversation;
  /** What is typed there and not sent. */
  draft: string;
  selected: boolean;
  /** Unix milliseconds. */
  now: number;
  onSelect: () => void;
}) {
  const { contact, link, lastMessage, unread } = conversation;
  const address = contact.addresses[0];
  const bare = contact.kind === 'open' || contact.kind === 'guest';
  return (
    <li>
      <button
        type="button"
        className="conversation-item"
        aria-current={selected ? 'true' : undefined}
        data-unread={unread > 0}
        onClick={onSelect}
      >
        <Avatar
          id={contact.id}
          name={contact.name}
          presence={contact.policy === 'blocked' ? null : presenceOf(link)}
        />
        <span className="item-name">
          <bdi>{contact.name}</bdi>
          {bare && (
            <span className="item-mark" title={strings.conversation.openMark}>
              <UnlockIcon size={14} />
              <span className="visually-hidden">{strings.conversation.openMark}</span>
            </span>
          )}
        </span>
        {lastMessage && (
          <time className="item-time" dateTime={new Date(lastMessage.sentAt).toISOString()}>
            {shortWhenLabel(lastMessage.sentAt, now, strings.messages)}
          </time>
        )}
        {address !== undefined && address !== contact.name && (
          <span className="item-address">{address}</span>
        )}
        <Preview conversation={conversation} draft={selected ? '' : draft} />
        {unread > 0 && (
          <span className="badge">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span className="visually-hidden">{strings.list.unread(unread)}</span>
          </span>
        )}
      </button>
    </li>
  );
}

function Preview({ conversation, draft }: { conversation: Conversation; draft: string }) {
  const { lastMessage } = conversation;
  if (draft.trim() !== '') {
    return (
      <span className="item-preview">
        <span className="item-draft">{strings.list.draft}</span>{' '}
        <bdi>{draft.slice(0, PREVIEW)}</bdi>
      </span>
    );
  }
  if (lastMessage === null) {
    return <span className="item-preview item-preview-empty">{strings.list.nothingYet}</span>;
  }
  const state = lastMessage.state;
  const stuck = state === 'failed' || state === 'unconfirmed';
  return (
    <span className="item-preview">
      {stuck && (
        <>
          <span className={`state-${state}`}>{strings.messages.delivery[state]}:</span>{' '}
        </>
      )}
      {!stuck && lastMessage.author === 'me' && `${strings.list.mine} `}
      <bdi>{lastMessage.body.slice(0, PREVIEW)}</bdi>
    </span>
  );
}
