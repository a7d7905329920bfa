import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { isAttempt } from '../../../shared/model/attempt.ts';
import type { Contact, Conversation, LinkState } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { secondsUntil } from '../../state/labels.ts';
import { useStore } from '../../state/use-store.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { AlertIcon } from '../../ui/icons.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useAddressField } from '../../ui/use-address-field.ts';
import { useAct } from '../../ui/use-notice.ts';
import { useNow } from '../../ui/use-now.ts';

/**
 * Says why a contact whom we have never met cannot be reached: the address may be wrong, so it can be
 * corrected here, and taken away while nothing was written to it.
 */
export function UnreachedPanel({
  conversation: { contact, lastMessage },
  link,
  drafted,
  onHelp,
}: {
  conversation: Conversation;
  link: Extract<LinkState, { phase: 'offline' }>;
  /** Whether something is typed there and not sent. */
  drafted: boolean;
  /** The user wants to know what is wrong. */
  onHelp: () => void;
}) {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const [editing, setEditing] = useState(false);
  const [sure, setSure] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const onRemove = () => act(store.removeContact(contact.id));
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => edit.current?.focus());
  };
  return (
    <section className="link-panel link-offline" aria-label={t('conversation.offline')}>
      <AlertIcon />
      <div className="link-text" role="alert">
        <ProblemText problem={link.problem} />
      </div>
      {editing ? (
        <AddressForm contact={contact} onClose={close} />
      ) : (
        <div className="link-actions">
          <Button ref={edit} onClick={() => setEditing(true)}>
            {t('attempt.edit')}
          </Button>
          <Button onClick={() => act(store.retry(contact.id))}>{t('common.tryAgain')}</Button>
          <Button onClick={onHelp}>{t('help.whatIsWrong')}</Button>
          {isAttempt(contact) && lastMessage === null && (
            <Button onClick={() => (drafted ? setSure(true) : onRemove())}>
              {t('attempt.remove')}
            </Button>
          )}
          <Countdown retryAt={link.retryAt} />
        </div>
      )}
      {sure && (
        <Confirm
          title={t('attempt.sureTitle', { address: contact.name })}
          yes={t('attempt.remove')}
          onYes={onRemove}
          onClose={() => setSure(false)}
        >
          <p>{t('attempt.sure')}</p>
        </Confirm>
      )}
    </section>
  );
}

function AddressForm({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useI18n();
  const store = useStore();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { text, setText, failure, busy, onSubmit, onBlur } = useAddressField({
    initial: contact.addresses[0] ?? '',
    onAddress: (address) => store.changeAddress(contact.id, address),
    onTaken: onClose,
  });
  useEffect(() => field.current?.select(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onClose();
  };
  return (
    <form className="link-address" onSubmit={onSubmit} onBlur={onBlur} noValidate>
      <label htmlFor={id}>{t('attempt.field')}</label>
      <div className="connect-row">
        <input
          ref={field}
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          aria-invalid={failure !== null}
          aria-describedby={failure ? `${id}-problem` : undefined}
        />
        <Button look="primary" type="submit" aria-disabled={busy}>
          {t('connect.button')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
      <div role="alert" tabIndex={-1}>
        {failure && <ProblemText problem={failure} id={`${id}-problem`} />}
      </div>
    </form>
  );
}

function Countdown({ retryAt }: { retryAt: number | null }) {
  const { t } = useI18n();
  const now = useNow(retryAt === null ? null : 1_000);
  if (retryAt === null) return <p className="countdown">{t('conversation.noRetry')}</p>;
  const seconds = secondsUntil(retryAt, now);
  const text = seconds > 0 ? t('conversation.retryIn', { seconds }) : t('conversation.retryNow');
  return <p className="countdown">{text}</p>;
}
