import type { ReactNode } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something that cannot be taken back. The focus starts on the way out. */
export function Confirm({
  title,
  children,
  yes,
  onYes,
  onClose,
}: {
  title: string;
  children: ReactNode;
  /** What is going to be done, as the button says it. */
  yes: string;
  onYes: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="confirm">{children}</div>
      <div className="dialog-actions dialog-end">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="danger" onClick={onYes}>
          {yes}
        </Button>
      </div>
    </Dialog>
  );
}
