import { type ReactNode, useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useCopy } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import type { Fault } from './boundary.tsx';
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

/** Begins the page anew; what is typed is kept as drafts. */
export function ReloadButton() {
  const { t } = useI18n();
  return <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>;
}
