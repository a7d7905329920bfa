import { useState } from 'react';
import type { Contact, Policy } from '../../shared/model.ts';
import { strings } from '../strings.ts';
import { Avatar } from './avatar.tsx';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';

/** What is known of a contact, and what can be done about it. */
export function ContactDialog({
  contact,
  onCopy,
  onPolicy,
  onRemove,
  onClose,
}: {
  contact: Contact;
  onCopy: (text: string) => Promise<boolean>;
  onPolicy: (policy: Policy) => void;
  onRemove: () => void;
  onClose: () => void;
}) {
  const text = strings.conversation;
  const [sure, setSure] = useState(false);
  return (
    <Dialog title={text.details} onClose={onClose}>
      <div className="contact">
        <div className="contact-head">
          <Avatar id={contact.id} name={contact.name} presence={null} large />
          <div>
            <bdi className="contact-name">{contact.name}</bdi>
            <p className="hint">{worthOf(contact)}</p>
          </div>
        </div>
        {contact.addresses.length > 0 && (
          <section>
            <h3>{text.addresses}</h3>
            <ul className="addresses">
              {contact.addresses.map((address) => (
                <li key={address}>
                  <span className="address">{address}</span>
                  <CopyButton label={text.copyOf(address)} onCopy={() => onCopy(address)} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {sure ? (
          <div className="sure" role="alert">
            <p>
              <bdi>{text.removeSure(contact.name)}</bdi>
            </p>
            <div className="dialog-actions">
              <button type="button" className="button-secondary" onClick={() => setSure(false)}>
                {strings.cancel}
              </button>
              <button type="button" className="button-danger" onClick={onRemove}>
                {text.removeYes}
              </button>
            </div>
          </div>
        ) : (
          <div className="dialog-actions">
            <button type="button" className="button-danger" onClick={() => setSure(true)}>
              {text.remove}
            </button>
            {contact.policy === 'blocked' ? (
              <button
                type="button"
                className="button-secondary"
                onClick={() => onPolicy('accepted')}
              >
                {text.unblock}
              </button>
            ) : (
              <button
                type="button"
                className="button-secondary"
                onClick={() => onPolicy('blocked')}
              >
                {text.block}
              </button>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}

function worthOf(contact: Contact): string {
  const text = strings.conversation;
  return {
    parley: text.encryptedWhy,
    open: `${text.openMark}. ${text.openWhy}`,
    guest: `${text.openMark}. ${text.guestWhyShort}`,
    unknown: text.unknownWhy,
  }[contact.kind];
}
