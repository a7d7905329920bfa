import type { Contact, ContactId, Identity, Policy } from '../../shared/model/model.ts';
import { LookalikeWarning } from '../contact/lookalike-warning.tsx';
import type { KnownLookalike } from '../contact/use-lookalike.ts';
import { DecisionBar } from './decision-bar.tsx';

/** What stands where one would write: a decision, and a warning if it is easily taken wrongly. */
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
  const { identity } = contact;
  if (contact.policy !== 'request' || like === null || identity === null) {
    return <DecisionBar contact={contact} onPolicy={(policy) => onPolicy(policy)} />;
  }
  return (
    <LookalikeWarning
      contact={contact}
      like={like}
      online={like.online}
      actions={{
        onOpen: () => onOpen(like.contact.id),
        onSame: () => onSame(like.contact, identity),
        onOther: () => onPolicy('accepted', true),
        onBlock: () => onPolicy('blocked'),
      }}
    />
  );
}
