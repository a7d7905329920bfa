import { useCallback } from 'react';
import type { ContactId, Conversation } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useStore } from '../state/use-store.ts';
import { BlockIcon, CheckIcon, InfoIcon, TalkIcon, TrashIcon } from '../ui/icons.tsx';
import { AnchoredMenu } from '../ui/menu/anchored-menu.tsx';
import type { MenuEntries } from '../ui/menu/menu-list.tsx';
import { useAct } from '../ui/use-notice.ts';
import { ContactDetails } from './contact-details.tsx';
import { RemoveContact } from './remove-contact.tsx';
import { useArranging } from './use-arranging.tsx';

/** What is asked about a conversation from the list. */
export interface RowAsked {
  readonly kind: 'menu' | 'details' | 'forget';
  readonly id: ContactId;
  readonly anchor: HTMLElement;
}

/** What can be done about a conversation from the list, and what is asked before. */
export function ConversationMenu({
  asked,
  conversation,
  onAsk,
  onOpen,
}: {
  asked: RowAsked;
  conversation: Conversation;
  /** Something else is asked; null: nothing any more. */
  onAsk: (asked: RowAsked | null) => void;
  onOpen: () => void;
}) {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const { contact, unread, lastMessage } = conversation;
  const { id, name, policy } = contact;
  const onClose = useCallback(() => onAsk(null), [onAsk]);
  const entries: MenuEntries = [
    {
      id: 'open',
      label: t('row.open'),
      icon: <TalkIcon size={18} />,
      onSelect: onOpen,
    },
    ...useArranging(contact),
    unread > 0 &&
      lastMessage !== null && {
        id: 'read',
        label: t('row.markRead'),
        icon: <CheckIcon size={18} />,
        onSelect: () => act(store.markRead(id, lastMessage.seq)),
      },
    {
      id: 'details',
      label: t('conversation.details'),
      icon: <InfoIcon size={18} />,
      onSelect: () => onAsk({ ...asked, kind: 'details' }),
    },
    {
      id: 'block',
      label: t(policy === 'blocked' ? 'contact.unblock' : 'contact.block'),
      icon: <BlockIcon size={18} />,
      onSelect: () => act(store.setPolicy(id, policy === 'blocked' ? 'accepted' : 'blocked')),
    },
    {
      id: 'forget',
      label: t('contact.remove'),
      icon: <TrashIcon size={18} />,
      danger: true,
      onSelect: () => onAsk({ ...asked, kind: 'forget' }),
    },
  ];
  switch (asked.kind) {
    case 'menu':
      return (
        <AnchoredMenu
          label={t('row.actions', { name })}
          anchor={asked.anchor}
          entries={entries}
          onClose={onClose}
        />
      );
    case 'details':
      return <ContactDetails contact={contact} onClose={onClose} />;
    case 'forget':
      return <RemoveContact contact={contact} onYes={onClose} onClose={onClose} />;
  }
}
