import { type FormEvent, type InputHTMLAttributes, useId, useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { ResultText } from './result-text.tsx';
import type { Result } from './use-apply.ts';

/** One line of text that is saved by itself, with what came of it below. */
export function TextSetting({
  label,
  hint,
  value,
  input,
  result,
  busy,
  onSave,
}: {
  label: string;
  hint: string;
  /** As it is now. */
  value: string;
  input?: InputHTMLAttributes<HTMLInputElement>;
  result: Result;
  busy: boolean;
  onSave: (text: string) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    // Changed meanwhile, by this form or elsewhere.
    setShown(value);
    setText(value);
  }
  const changed = text !== value;
  const invalid = typeof result === 'object' && result !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) onSave(text);
  };
  return (
    <form className="field" onSubmit={submit} noValidate>
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input
          dir="auto"
          autoComplete="off"
          {...input}
          id={id}
          value={text}
          aria-invalid={invalid}
          aria-describedby={`${id}-hint ${id}-result`}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          type="submit"
          aria-label={`${t('settings.save')}: ${label}`}
          aria-disabled={busy || !changed}
        >
          {t('settings.save')}
        </Button>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <ResultText result={result} id={`${id}-result`} />
    </form>
  );
}
