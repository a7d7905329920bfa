import { useCallback, useEffect, useId, useRef } from 'react';
import type { Problem } from '../../shared/problems/problem.ts';
import { useDesktopActions } from '../desktop/use-desktop-actions.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useShortcut } from '../shortcuts/shortcut-hub.ts';
import { Button } from '../ui/button.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { useAddressField } from '../ui/use-address-field.ts';

/** Takes a friend's address and starts a chat; keeps what was typed when that fails. */
export function ConnectForm({
  onConnect,
  onHidden,
}: {
  /** Resolves to what is wrong, or null when the conversation is open. */
  onConnect: (address: string) => Promise<Problem | null>;
  /** The user wants to type here, but the form is out of view. */
  onHidden: () => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const show = useCallback(() => {
    if (!field.current?.checkVisibility()) onHidden();
    requestAnimationFrame(() => field.current?.focus());
  }, [onHidden]);
  useShortcut('newChat', show);
  const { text, setText, failure, busy, onSubmit, onBlur } = useAddressField({
    initial: '',
    onAddress: onConnect,
    onTaken: (isSame) => {
      if (isSame) setText('');
    },
  });
  // From a link that was opened: shown, and never connected to without the user.
  const proposed = useDesktopActions();
  const shown = useRef(proposed);
  useEffect(() => {
    if (proposed === null || proposed === shown.current) return;
    shown.current = proposed;
    setText(proposed.address);
    show();
  }, [proposed, show, setText]);
  return (
    <form
      className="connect"
      aria-label={t('keys.newChat')}
      onSubmit={onSubmit}
      onBlur={onBlur}
      noValidate
    >
      <label htmlFor={id}>{t('connect.label')}</label>
      <div className="connect-row">
        <input
          ref={field}
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('connect.placeholder')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          aria-invalid={failure !== null}
          aria-describedby={failure ? `${id}-problem` : undefined}
        />
        <Button look="primary" type="submit" aria-disabled={busy}>
          {busy ? t('connect.busy') : t('connect.button')}
        </Button>
      </div>
      <div role="alert" tabIndex={-1}>
        {failure && <ProblemText problem={failure} id={`${id}-problem`} />}
      </div>
    </form>
  );
}
