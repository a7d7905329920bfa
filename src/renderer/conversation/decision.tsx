import { type ReactNode, useId } from 'react';
import type { Contact, ContactId, Identity, Policy } from '../../shared/model/model.ts';
import { LookalikeWarning } from '../contact/lookalike-warning.tsx';
import type { KnownLookalike } from '../contact/use-lookalike.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';

/** In place of the composer: what must be decided before one can write, or why one cannot. */
export function Decision({
  contact,
  like,
  onPolicy,
  onOpen,
  onSame,
}: {
  contact: Contact;
  /** The contact that the request can be mistaken for. */
  like: KnownLookalike | null;
  onPolicy: (policy: Policy, really?: boolean) => void;
  onOpen: (id: ContactId) => void;
  /** The key of a request is now that of a contact. */
  onSame: (known: Contact, identity: Identity) => void;
}) {
  const { t } = useI18n();
  const { kind, name, policy, identity } = contact;
  if (policy === 'request' && like !== null && identity !== null) {
    return (
      <LookalikeWarning
        contact={contact}
        like={like}
        onPolicy={onPolicy}
        onOpen={() => onOpen(like.contact.id)}
        onSame={() => onSame(like.contact, identity)}
      />
    );
  }
  switch (policy) {
    case 'request':
      return (
        <DecisionBar
          title={t('conversation.requestTitle', { name })}
          hint={t(kind === 'guest' ? 'conversation.guestHint' : 'conversation.requestHint')}
        >
          <Button look="primary" onClick={() => onPolicy('accepted')}>
            {t('conversation.accept')}
          </Button>
          <Button look="danger" onClick={() => onPolicy('blocked')}>
            {t('conversation.block')}
          </Button>
        </DecisionBar>
      );
    case 'blocked':
      return (
        <DecisionBar
          title={t('conversation.blockedTitle', { name })}
          hint={t('conversation.blockedHint')}
        >
          <Button onClick={() => onPolicy('accepted')}>{t('conversation.unblock')}</Button>
        </DecisionBar>
      );
    case 'accepted':
      return <DecisionBar title={t('conversation.guestMark')} hint={t('conversation.guestWhy')} />;
  }
}

function DecisionBar({
  title,
  hint,
  children,
}: {
  title: string;
  hint: string;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <section className="decision" aria-labelledby={id}>
      <div className="decision-text">
        <p className="decision-title" id={id}>
          <bdi>{title}</bdi>
        </p>
        <p className="decision-hint">{hint}</p>
      </div>
      {children && <div className="decision-actions">{children}</div>}
    </section>
  );
}
