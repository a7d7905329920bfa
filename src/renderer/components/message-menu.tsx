import { useEffect, useLayoutEffect, useRef } from 'react';
import { canSendAgain } from '../../shared/delivery.ts';
import type { Message } from '../../shared/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { CopyIcon, SendIcon } from './icons.tsx';
import { type MenuEntry, MenuList, menuItems } from './menu-list.tsx';
import type { MessageActions } from './message-item.tsx';
import { placeBeside } from './place-beside.ts';
import { ReplyIcon, TrashIcon } from './talk-icons.tsx';

/**
 * What can be done with one message, and when exactly it was written. One menu serves all. It is
 * opened while a button or a finger is still down, whose release the browser would take for a click
 * beside the menu: so it is closed from here.
 */
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
  const { t, format, dir } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const popover = box.current;
    if (!popover) return;
    const before = document.activeElement;
    popover.showPopover();
    placeBeside(popover, anchor, dir);
    menuItems(list.current)[0]?.focus();
    return () => {
      const within = popover.contains(document.activeElement);
      popover.hidePopover();
      if (within && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [anchor, dir]);
  useEffect(() => {
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target instanceof Node ? event.target : null)) onClose();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('pointerdown', leave, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', leave, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, [onClose]);
  const time = { time: format.exactTime(message.sentAt) };
  return (
    <div ref={box} className="menu message-menu" popover="manual">
      <p className="menu-head">
        {message.author === 'me' ? t('talk.sentAt', time) : t('talk.receivedAt', time)}
      </p>
      <MenuList
        label={t('talk.actions')}
        entries={useEntries(message, writable, actions)}
        list={list}
        onDone={onClose}
      />
    </div>
  );
}

function useEntries(message: Message, writable: boolean, actions: MessageActions): MenuEntry[] {
  const { t } = useI18n();
  const { state } = message;
  const stuck = state !== 'received' && canSendAgain(state);
  const reply: MenuEntry = {
    id: 'reply',
    label: t('talk.reply'),
    icon: <ReplyIcon size={18} />,
    onSelect: () => actions.onReply(message),
  };
  const again: MenuEntry = {
    id: 'again',
    label: t('messages.sendAgain'),
    icon: <SendIcon size={18} />,
    onSelect: () => actions.onSendAgain(message),
  };
  return [
    ...(writable ? [reply] : []),
    {
      id: 'copy',
      label: t('talk.copy'),
      icon: <CopyIcon size={18} />,
      onSelect: () => actions.onCopy(message),
    },
    ...(stuck ? [again] : []),
    {
      id: 'delete',
      label: state === 'unconfirmed' ? t('messages.forget') : t('talk.delete'),
      icon: <TrashIcon size={18} />,
      danger: true,
      onSelect: () => actions.onDelete(message),
    },
  ];
}
