import { canSendAgain } from '../../../shared/model/delivery.ts';
import type { Message } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useStore } from '../../state/use-store.ts';
import { CopyIcon, ReplyIcon, SendIcon, TrashIcon } from '../../ui/icons.tsx';
import { AnchoredMenu } from '../../ui/menu/anchored-menu.tsx';
import type { MenuEntries } from '../../ui/menu/menu-list.tsx';
import { useAct } from '../../ui/use-notice.ts';
import type { MessageActions } from './message-item.tsx';

/** What can be done with one message, and when exactly it was written. One menu serves all. */
export function MessageMenu({
  message,
  anchor,
  writable,
  actions,
  onClose,
}: {
  message: Message;
  anchor: HTMLElement;
  /** Whether answers can be written. */
  writable: boolean;
  actions: MessageActions;
  onClose: () => void;
}) {
  const { t, format } = useI18n();
  const time = { time: format.exactTime(message.sentAt) };
  return (
    <AnchoredMenu
      label={t('talk.actions')}
      head={
        <p className="menu-head">
          {message.author === 'me' ? t('talk.sentAt', time) : t('talk.receivedAt', time)}
        </p>
      }
      anchor={anchor}
      entries={useEntries(message, writable, actions)}
      onClose={onClose}
    />
  );
}

function useEntries(message: Message, writable: boolean, actions: MessageActions): MenuEntries {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const { state } = message;
  return [
    writable && {
      id: 'reply',
      label: t('talk.reply'),
      icon: <ReplyIcon size={18} />,
      onSelect: () => actions.onReply(message),
    },
    {
      id: 'copy',
      label: t('talk.copy'),
      icon: <CopyIcon size={18} />,
      onSelect: () => actions.onCopy(message),
    },
    state !== 'received' &&
      canSendAgain(state) && {
        id: 'again',
        label: t('messages.sendAgain'),
        icon: <SendIcon size={18} />,
        onSelect: () => act(store.sendAgain(message)),
      },
    {
      id: 'delete',
      label: state === 'unconfirmed' ? t('messages.forget') : t('talk.delete'),
      icon: <TrashIcon size={18} />,
      danger: true,
      onSelect: () => actions.onDelete(message),
    },
  ];
}
