import type { ReactNode } from 'react';
import type { Conversation, LinkState } from '../../shared/model/model.ts';
import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { placeOf, presenceOf } from '../state/labels.ts';
import { ContactAvatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { BackIcon, InfoIcon, LockIcon, UnlockIcon } from '../ui/icons.tsx';

/** Who one is talking to, how the connection stands, and what it is worth. */
export function ConversationHeader({
  conversation,
  typing,
  menu,
  onBack,
  onDetails,
}: {
  conversation: Conversation;
  /** Whether the contact is writing just now. */
  typing: boolean;
  /** What else can be done. */
  menu: ReactNode;
  onBack: () => void;
  onDetails: () => void;
}) {
  const { contact, link } = conversation;
  const { t } = useI18n();
  const address = contact.addresses[0] && placeOf(contact.addresses[0]);
  return (
    <header className="conversation-header">
      <IconButton label={t('conversation.back')} className="back" onClick={onBack}>
        <BackIcon />
      </IconButton>
      <ContactAvatar contact={contact} link={link} />
      <div className="header-text">
        <h1>
          <bdi>{contact.name}</bdi>
        </h1>
        <p className="header-line">
          {address !== undefined && address !== contact.name && (
            <span className="header-address">{address}</span>
          )}
          {typing ? (
            <span className="header-typing">{t('list.typing')}</span>
          ) : (
            <span>{linkText(link, t)}</span>
          )}
          {contact.kind === 'parley' && link.phase === 'online' && (
            <span className="header-safe">
              <LockIcon size={14} /> <span>{t('conversation.encrypted')}</span>
            </span>
          )}
        </p>
      </div>
      <IconButton label={t('conversation.details')} onClick={onDetails}>
        <InfoIcon />
      </IconButton>
      {menu}
      {(contact.kind === 'open' || contact.kind === 'guest') && (
        <p className="bare">
          <UnlockIcon size={16} />
          <span>
            <strong>{t('conversation.openMark')}.</strong>{' '}
            {contact.kind === 'open' ? t('conversation.openWhy') : t('conversation.guestWhyShort')}
          </span>
        </p>
      )}
    </header>
  );
}

function linkText(link: LinkState, t: I18n['t']): string {
  const text = t(`presence.${presenceOf(link)}`);
  return link.phase === 'connecting' ? `${text}…` : text;
}
