import { type ReactNode, Suspense, useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useCopy } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Boundary, type Fault } from './boundary.tsx';
import { faultReport } from './fault-report.ts';

/** Says that a part of the window could not be drawn, and what to do about it. */
export function FaultNote({
  what,
  fault,
  children,
}: {
  what: 'message' | 'row' | 'conversation' | 'dialog' | 'window';
  fault: Fault;
  /** Other ways on, as buttons. */
  children?: ReactNode;
}) {
  const { t } = useI18n();
  const copy = useCopy();
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <div className="fault" role="alert">
      <p>
        <strong>{t(`broken.${what}`)}</strong> {what !== 'window' && t('broken.rest')}
      </p>
      <div className="fault-actions">
        <Button onClick={() => void copy(faultReport(fault, Date.now())).then(setCopied)}>
          {t('broken.copy')}
        </Button>
        {children}
      </div>
      {copied !== null && <p>{copied ? t('broken.copied') : t('common.copyFailed')}</p>}
    </div>
  );
}

/** A dialog that is loaded when it is opened. What fails in it closes with it. */
export function LoadedDialog({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <Boundary
      fallback={(fault) => (
        <Dialog title={t('broken.dialog')} onClose={onClose}>
          <FaultNote what="dialog" fault={fault}>
            <ReloadButton />
          </FaultNote>
        </Dialog>
      )}
    >
      <Suspense fallback={null}>{children}</Suspense>
    </Boundary>
  );
}

/** Begins the page anew; what is typed is kept as drafts. */
export function ReloadButton() {
  const { t } = useI18n();
  return <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>;
}
