import { useEffect } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useNotice } from '../ui/use-notice.ts';

/**
 * Says that files cannot be sent when some are dropped onto the window or pasted. The browser would
 * navigate to a dropped file, and ignore a pasted picture.
 */
export function useNoFiles(): void {
  const { t } = useI18n();
  const notify = useNotice();
  useEffect(() => {
    const refuse = (event: Event) => {
      event.preventDefault();
      notify(t('drop.files'));
    };
    const over = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
    };
    const drop = (event: DragEvent) => {
      if (holdsFiles(event.dataTransfer)) refuse(event);
      // Text may be dropped into text fields, and nowhere else: a link would be followed.
      else if (!takesText(event.target)) event.preventDefault();
    };
    const paste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      // Office programs add a picture to the pasted text.
      if (holdsFiles(data) && !data?.types.includes('text/plain')) refuse(event);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [t, notify]);
}

function holdsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}
