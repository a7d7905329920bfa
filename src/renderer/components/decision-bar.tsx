import type { Contact, Policy } from '../../shared/model.ts';
import { strings } from '../strings.ts';

/** In place of the composer: what must be decided before one can write, or why one cannot. */
export function DecisionBar({
  contact,
  onPolicy,
}: {
  contact: Contact;
  onPolicy: (policy: Policy) => void;
}) {
  const text = strings.conversation;
  if (contact.policy === 'request') {
    return (
      <section className="decision">
        <Words title={text.requestTitle(contact.name)} hint={text.requestHint} />
        <button type="button" className="button-primary" onClick={() => onPolicy('accepted')}>
          {text.accept}
        </button>
        <button type="button" className="button-danger" onClick={() => onPolicy('blocked')}>
          {text.block}
        </button>
      </section>
    );
  }
  if (contact.policy === 'blocked') {
    return (
      <section className="decision">
        <Words title={text.blockedTitle(contact.name)} hint={text.blockedHint} />
        <button type="button" className="button-secondary" onClick={() => onPolicy('accepted')}>
          {text.unblock}
        </button>
      </section>
    );
  }
  return (
    <section className="decision">
      <Words title={text.guestMark} hint={text.guestWhy} />
    </section>
  );
}

function Words({ title, hint }: { title: string; hint: string }) {
  return (
    <div className="decision-text">
      <p className="decision-title">
        <bdi>{title}</bdi>
      </p>
      <p className="decision-hint">{hint}</p>
    </div>
  );
}
