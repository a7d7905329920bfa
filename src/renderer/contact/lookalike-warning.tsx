import { useId, useState } from 'react';
import type { Contact, Policy } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { IdentityCode } from '../ui/code-groups.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { AlertIcon } from '../ui/icons.tsx';
import type { KnownLookalike } from './use-lookalike.ts';

/** Replaces the plain decision: the request can be mistaken for a known contact. */
export function LookalikeWarning({
  contact,
  like,
  onPolicy,
  onOpen,
  onSame,
}: {
  contact: Contact;
  like: KnownLookalike;
  onPolicy: (policy: Policy, really?: boolean) => void;
  /** Shows the conversation with the contact that is known. */
  onOpen: () => void;
  /** It is that contact: the key is trusted, and both conversations become one. */
  onSame: () => void;
}) {
  const { t } = useI18n();
  const title = useId();
  const [asked, setAsked] = useState<'same' | 'other' | null>(null);
  const { name } = like.contact;
  return (
    <section className="identity-banner lookalike" aria-labelledby={title}>
      <AlertIcon />
      <div className="identity-text">
        <h2 id={title}>
          <bdi>{t(`alike.${like.shares}`, { name })}</bdi>
        </h2>
        <p>{t('alike.what', { name })}</p>
        {like.online && (
          <p>
            <strong>{t('alike.online', { name })}</strong>
          </p>
        )}
      </div>
      <div className="identity-codes">
        <IdentityCode label={t('changed.known')} identity={like.contact.identity} />
        <IdentityCode label={t('alike.code')} identity={contact.identity} />
      </div>
      <div className="identity-actions">
        <Button look="primary" onClick={onOpen}>
          {t('alike.open', { name })}
        </Button>
        <Button onClick={() => setAsked('same')}>{t('alike.same', { name })}</Button>
        <Button onClick={() => setAsked('other')}>{t('alike.other')}</Button>
        <Button look="danger" onClick={() => onPolicy('blocked')}>
          {t('conversation.block')}
        </Button>
      </div>
      {asked && (
        <Confirm
          title={t(`alike.${asked}Title`)}
          yes={t(asked === 'same' ? 'alike.merge' : 'alike.acceptOther')}
          onYes={() => {
            setAsked(null);
            if (asked === 'same') onSame();
            // Somebody else, and accepted as that.
            else onPolicy('accepted', true);
          }}
          onClose={() => setAsked(null)}
        >
          <p>{t(`alike.${asked}Sure`, { name })}</p>
        </Confirm>
      )}
    </section>
  );
}
