import { useId } from 'react';
import type { Contact, Policy } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';

/** In place of the composer: what must be decided before one can write, or why one cannot. */
export function DecisionBar({
  contact,
  onPolicy,
}: {
  contact: Contact;
  onPolicy: (policy: Policy) => void;
}) {
  const { t } = useI18n();
  const title = useId();
  if (contact.policy === 'request') {
    return (
      <section className="decision" aria-labelledby={title}>
        <Words
          id={title}
          title={t('conversation.requestTitle', { name: contact.name })}
          hint={t(contact.kind === 'guest' ? 'conversation.guestHint' : 'conversation.requestHint')}
        />
        <div className="decision-actions">
          <Button look="primary" onClick={() => onPolicy('accepted')}>
            {t('conversation.accept')}
          </Button>
          <Button look="danger" onClick={() => onPolicy('blocked')}>
            {t('conversation.block')}
          </Button>
        </div>
      </section>
    );
  }
  if (contact.policy === 'blocked') {
    return (
      <section className="decision" aria-labelledby={title}>
        <Words
          id={title}
          title={t('conversation.blockedTitle', { name: contact.name })}
          hint={t('conversation.blockedHint')}
        />
        <div className="decision-actions">
          <Button onClick={() => onPolicy('accepted')}>{t('conversation.unblock')}</Button>
        </div>
      </section>
    );
  }
  return (
    <section className="decision" aria-labelledby={title}>
      <Words id={title} title={t('conversation.guestMark')} hint={t('conversation.guestWhy')} />
    </section>
  );
}

function Words({ id, title, hint }: { id: string; title: string; hint: string }) {
  return (
    <div className="decision-text">
      <p className="decision-title" id={id}>
        <bdi>{title}</bdi>
      </p>
      <p className="decision-hint">{hint}</p>
    </div>
  );
}
