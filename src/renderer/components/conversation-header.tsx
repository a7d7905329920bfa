import type { Conversation, LinkState } from '../../shared/model.ts';
import { presenceOf } from '../state/labels.ts';
import { strings } from '../strings.ts';
import { Avatar } from './avatar.tsx';
import { BackIcon, InfoIcon, LockIcon, UnlockIcon } from './icons.tsx';

/** Who one is talking to, how the connection stands, and what it is worth. */
export function ConversationHeader({
  conversation,
  onBack,
  onDetails,
}: {
  conversation: Conversation;
  onBack: () => void;
  onDetails: () => void;
}) {
  const { contact, link } = conversation;
  const text = strings.conversation;
  const address = contact.addresses[0];
  return (
    <header className="conversation-header">
      <button type="button" className="button-icon back" aria-label={text.back} onClick={onBack}>
        <BackIcon />
      </button>
      <Avatar
        id={contact.id}
        name={contact.name}
        presence={contact.policy === 'blocked' ? null : presenceOf(link)}
      />
      <div className="header-text">
        <h1>
          <bdi>{contact.name}</bdi>
        </h1>
        <p className="header-line">
          {address !== undefined && address !== contact.name && (
            <span className="header-address">{address}</span>
          )}
          <span>{linkText(link)}</span>
          {contact.kind === 'parley' && (
            <span className="header-safe">
              <LockIcon size={14} /> {text.encrypted}
            </span>
          )}
        </p>
      </div>
      <button
        type="button"
        className="button-icon"
        aria-label={text.details}
        title={text.details}
        onClick={onDetails}
      >
        <InfoIcon />
      </button>
      {(contact.kind === 'open' || contact.kind === 'guest') && (
        <p className="bare">
          <UnlockIcon size={16} />
          <span>
            <strong>{text.openMark}.</strong>{' '}
            {contact.kind === 'open' ? text.openWhy : text.guestWhyShort}
          </span>
        </p>
      )}
    </header>
  );
}

function linkText(link: LinkState): string {
  const { connecting, online, offline, idle } = strings.presence;
  return { connecting: `${connecting}…`, online, offline, idle }[link.phase];
}
