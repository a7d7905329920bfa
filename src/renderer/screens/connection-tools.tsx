import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Conversation } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { ListIcon, MoreIcon, PulseIcon, QuestionIcon } from '../components/icons.tsx';
import { Menu, type MenuEntry } from '../components/menu.tsx';
import { useNotice } from '../hooks/use-notice.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ChatStore } from '../state/store.ts';

// Loaded when they are opened: few need them, and then the host is a moment away.
const CheckDialog = lazy(async () => {
  const { CheckDialog } = await import('../components/help/check-dialog.tsx');
  return { default: CheckDialog };
});
const WireDialog = lazy(async () => {
  const { WireDialog } = await import('../components/wire/wire-dialog.tsx');
  return { default: WireDialog };
});

/** What can be done about a contact's connection: a menu, and the dialogs that it opens. */
export function useConnectionTools({
  conversation,
  store,
  version,
  entries: others,
  onCopy,
  onOutcome,
}: {
  conversation: Conversation;
  store: ChatStore;
  /** Our own version. */
  version: string;
  /** What else the menu offers, before the connection. */
  entries: readonly MenuEntry[];
  onCopy: (text: string) => Promise<boolean>;
  onOutcome: (failure: Problem | null) => void;
}): { readonly menu: ReactNode; readonly dialog: ReactNode; readonly openCheck: () => void } {
  const { t } = useI18n();
  const notify = useNotice();
  const [open, setOpen] = useState<'check' | 'wire' | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const openCheck = useCallback(() => setOpen('check'), []);
  const onDiagnose = useCallback(
    (address: string) => store.ask((bridge) => bridge.diagnose({ address })),
    [store],
  );
  const { contact, link } = conversation;
  const checkNow = async () => {
    const failure = await store.retry(contact.id);
    onOutcome(failure);
    if (failure === null && link.phase === 'online') {
      notify(t('help.checked', { name: contact.name }));
    }
  };
  const dialable = contact.addresses.length > 0 && contact.kind !== 'guest';
  const reachable = dialable && contact.policy === 'accepted';
  const entries: readonly MenuEntry[] = [
    ...others,
    ...(reachable
      ? [
          {
            id: 'now',
            label: t('help.checkNow'),
            icon: <PulseIcon size={18} />,
            onSelect: () => void checkNow(),
          },
        ]
      : []),
    ...(dialable
      ? [
          {
            id: 'check',
            label: t('help.title'),
            icon: <QuestionIcon size={18} />,
            onSelect: openCheck,
          },
        ]
      : []),
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
  const dialog = open !== null && (
    <Suspense fallback={null}>
      {open === 'check' ? (
        <CheckDialog
          contact={contact}
          version={version}
          onDiagnose={onDiagnose}
          onCopy={onCopy}
          onClose={close}
        />
      ) : (
        <WireDialog contact={contact} ask={store.ask} onCopy={onCopy} onClose={close} />
      )}
    </Suspense>
  );
  return { menu, dialog, openCheck };
}
