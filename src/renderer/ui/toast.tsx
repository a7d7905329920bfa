import { useEffect } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';

/** How long a notice stays. Milliseconds. */
const SHOWN = 8_000;

/** A short notice of what was done, or of what could not be done. */
export function Toast({
  text,
  onDismiss,
}: {
  /** Null shows nothing. */
  text: string | null;
  onDismiss: () => void;
}) {
  const { t } = useI18n();
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(onDismiss, SHOWN);
    return () => clearTimeout(timer);
  }, [text, onDismiss]);
  return (
    <div className="toast-place" role="status">
      {text !== null && (
        <div className="toast">
          <p>
            <bdi>{text}</bdi>
          </p>
          <IconButton label={t('common.dismiss')} onClick={onDismiss}>
            <CloseIcon size={16} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
