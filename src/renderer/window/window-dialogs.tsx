import type { Self } from '../../shared/model/model.ts';
import { DialogBoundary, loadedDialog } from '../faults/loaded-dialog.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SharePanel } from './share-panel.tsx';

const SettingsDialog = loadedDialog(
  async () => (await import('../settings/settings-dialog.tsx')).SettingsDialog,
);
const ShortcutSheet = loadedDialog(
  async () => (await import('./shortcut-sheet.tsx')).ShortcutSheet,
);

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
      return <SettingsDialog self={self} onShortcuts={() => onOpen('sheet')} onClose={onClose} />;
    case 'sheet':
      return <ShortcutSheet onClose={onClose} />;
    case 'share':
      return (
        <DialogBoundary onClose={onClose}>
          <Dialog title={t('share.open')} wide onClose={onClose}>
            <SharePanel self={self} />
          </Dialog>
        </DialogBoundary>
      );
  }
}
