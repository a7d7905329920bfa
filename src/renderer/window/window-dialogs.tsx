import { lazy } from 'react';
import type { Self } from '../../shared/model/model.ts';
import { LoadedDialog } from '../faults/fault-note.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SharePanel } from './share-panel.tsx';

// Loaded when they are opened: they are not part of what the page starts with.
const SettingsDialog = lazy(async () => {
  const { SettingsDialog } = await import('../settings/settings-dialog.tsx');
  return { default: SettingsDialog };
});

const ShortcutSheet = lazy(async () => {
  const { ShortcutSheet } = await import('./shortcut-sheet.tsx');
  return { default: ShortcutSheet };
});

/** The dialogs that belong to the window as a whole; null: none. */
export type WindowDialog = 'settings' | 'sheet' | 'share' | null;

/** The open one of the window's dialogs. */
export function WindowDialogs({
  open,
  self,
  onOpen,
}: {
  open: WindowDialog;
  self: Self;
  onOpen: (dialog: WindowDialog) => void;
}) {
  const { t } = useI18n();
  const onClose = () => onOpen(null);
  switch (open) {
    case null:
      return null;
    case 'settings':
      return (
        <LoadedDialog onClose={onClose}>
          <SettingsDialog self={self} onShortcuts={() => onOpen('sheet')} onClose={onClose} />
        </LoadedDialog>
      );
    case 'sheet':
      return (
        <LoadedDialog onClose={onClose}>
          <ShortcutSheet onClose={onClose} />
        </LoadedDialog>
      );
    case 'share':
      return (
        <LoadedDialog onClose={onClose}>
          <Dialog title={t('share.open')} wide onClose={onClose}>
            <SharePanel self={self} />
          </Dialog>
        </LoadedDialog>
      );
  }
}
