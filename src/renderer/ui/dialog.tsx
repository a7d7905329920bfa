import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';

/** A modal dialog on the browser's own `<dialog>`: it keeps the focus, and Escape closes it. */
export function Dialog({
  title,
  wide = false,
  onClose,
  children,
}: {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useI18n();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  // A layout effect: its end comes while the dialog is still there to give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        // React lets this bubble: from a dialog opened above this one, or from a file field.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton label={t('common.close')} onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </div>
      {children}
    </dialog>
  );
}
