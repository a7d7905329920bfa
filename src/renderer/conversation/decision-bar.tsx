import { useId } from 'react';
import type { Contact, Policy } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';

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
          <button type="button" className="button-primary" onClick={() => onPolicy('accepted')}>
            {t('conversation.accept')}
          </button>
          <button type="button" className="button-danger" onClick={() => onPolicy('blocked')}>
            {t('conversation.block')}
          </button>
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
          <button type="button" className="button-secondary" onClick={() => onPolicy('accepted')}>
            {t('conversation.unblock')}
          </button>
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
