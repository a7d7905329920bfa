import { lazy } from 'react';
import type { Contact, Policy } from '../../shared/model/model.ts';
import { LoadedDialog } from '../faults/fault-note.tsx';
import { useStore } from '../state/use-store.ts';
import { useAct } from '../ui/use-notice.ts';

// Loaded when it is opened: it is not part of what the page starts with.
const ContactDialog = lazy(async () => {
  const { ContactDialog } = await import('./contact-dialog.tsx');
  return { default: ContactDialog };
});

/** What is known of a contact, and what can be done about it. */
export function ContactDetails({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const store = useStore();
  const act = useAct();
  return (
    <LoadedDialog onClose={onClose}>
      <ContactDialog
        contact={contact}
        onVerified={(verified) => store.setVerified(contact.id, verified)}
        onPolicy={(policy: Policy) => {
          act(store.setPolicy(contact.id, policy));
          onClose();
        }}
        onRemove={() => {
          act(store.removeContact(contact.id));
          onClose();
        }}
        onClose={onClose}
      />
    </LoadedDialog>
  );
}
