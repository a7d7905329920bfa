import { type ReactNode, useCallback, useState } from 'react';
import type { Conversation } from '../../../shared/model/model.ts';
import { loadedDialog } from '../../faults/loaded-dialog.tsx';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useStore } from '../../state/use-store.ts';
import { AgainIcon, ListIcon, MoreIcon, QuestionIcon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import type { MenuEntries } from '../../ui/menu/menu-list.tsx';
import { useAct } from '../../ui/use-notice.ts';

const CheckDialog = loadedDialog(
  async () => (await import('../../diagnosis/check-dialog.tsx')).CheckDialog,
);
const WireDialog = loadedDialog(
  async () => (await import('../../frame-log/wire-dialog.tsx')).WireDialog,
);

/** What can be done about a contact's connection: a menu, and the dialogs that it opens. */
export function useConnectionTools({
  conversation,
  entries: others,
}: {
  conversation: Conversation;
  /** What else the menu offers, before the connection. */
  entries: MenuEntries;
}): { readonly menu: ReactNode; readonly dialog: ReactNode; readonly openCheck: () => void } {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const [open, setOpen] = useState<'check' | 'wire' | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const openCheck = useCallback(() => setOpen('check'), []);
  const { contact, link } = conversation;
  const dialable = contact.addresses.length > 0 && contact.kind !== 'guest';
  const entries: MenuEntries = [
    ...others,
    dialable && {
      id: 'check',
      label: t('help.title'),
      icon: <QuestionIcon size={18} />,
      onSelect: openCheck,
    },
    dialable &&
      link.phase === 'offline' && {
        id: 'retry',
        label: t('common.tryAgain'),
        icon: <AgainIcon size={18} />,
        onSelect: () => act(store.retry(contact.id)),
      },
    {
      id: 'wire',
      label: t('wire.title'),
      icon: <ListIcon size={18} />,
      onSelect: () => setOpen('wire'),
    },
  ];
  const menu = (
    <Menu label={t('help.more')} entries={entries}>
      <MoreIcon />
    </Menu>
  );
  const Opened = open === 'check' ? CheckDialog : WireDialog;
  const dialog = open !== null && <Opened contact={contact} onClose={close} />;
  return { menu, dialog, openCheck };
}
