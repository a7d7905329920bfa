import { lazy } from 'react';
import type { Contact, Identity, Policy } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { LoadedDialog } from '../faults/fault-note.tsx';
import type { ChatStore } from '../state/store.ts';

// Loaded when it is opened: it is not part of what the page starts with.
const ContactDialog = lazy(async () => {
  const { ContactDialog } = await import('./contact-dialog.tsx');
  return { default: ContactDialog };
});

/** What is known of a contact, and what can be done about it. */
export function ContactDetails({
  contact,
  own,
  store,
  onCopy,
  onOutcome,
  onClose,
}: {
  contact: Contact;
  /** Our own identity; null while there is none. */
  own: Identity | null;
  store: ChatStore;
  onCopy: (text: string) => Promise<boolean>;
  /** Told of the problem when something that was asked for could not be done. */
  onOutcome: (failure: Problem | null) => void;
  onClose: () => void;
}) {
  return (
    <LoadedDialog onClose={onClose}>
      <ContactDialog
        contact={contact}
        own={own}
        onCopy={onCopy}
        onVerified={(verified) => store.setVerified(contact.id, verified)}
        onPolicy={(policy: Policy) => {
          void store.setPolicy(contact.id, policy).then(onOutcome);
          onClose();
        }}
        onRemove={() => {
          void store.removeContact(contact.id).then(onOutcome);
          onClose();
        }}
        onClose={onClose}
      />
    </LoadedDialog>
  );
}
