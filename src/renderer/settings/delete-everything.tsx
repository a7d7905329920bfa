import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Asks for a typed word before everything is deleted: no single slip of the hand can do it. */
export function DeleteEverything({ onYes, onClose }: { onYes: () => void; onClose: () => void }) {
  const { t, locale } = useI18n();
  const id = useId();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // Typing the word is all that is to be done here; the dialog itself would begin at its cross.
  useEffect(() => field.current?.focus(), []);
  const word = t('data.deleteWord');
  const same = (text: string) => text.trim().normalize('NFC').toLocaleLowerCase(locale);
  const right = same(typed) === same(word);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (right) onYes();
  };
  return (
    <Dialog title={t('data.deleteTitle')} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <p>{t('data.deleteSure')}</p>
        <div className="field">
          <label htmlFor={id}>{t('data.deleteType', { word })}</label>
          <input
            ref={field}
            id={id}
            value={typed}
            dir="auto"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <div className="dialog-actions dialog-end">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="danger" type="submit" aria-disabled={!right}>
            {t('data.deleteYes')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
