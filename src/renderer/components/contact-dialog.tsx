import { useState } from 'react';
import type { Contact, Policy } from '../../shared/model.ts';
import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
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
  const { t } = useI18n();
  const [sure, setSure] = useState(false);
  return (
    <Dialog title={t('conversation.details')} onClose={onClose}>
      <div className="contact">
        <div className="contact-head">
          <Avatar id={contact.id} name={contact.name} presence={null} large />
          <div>
            <bdi className="contact-name">{contact.name}</bdi>
            <p className="hint">{worthOf(contact, t)}</p>
          </div>
        </div>
        {contact.addresses.length > 0 && (
          <section>
            <h3>{t('contact.addresses')}</h3>
            <ul className="addresses">
              {contact.addresses.map((address) => (
                <li key={address}>
                  <span className="address">{address}</span>
                  <CopyButton
                    label={t('contact.copyAddress', { address })}
                    onCopy={() => onCopy(address)}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        {sure ? (
          <div className="sure" role="alert">
            <p>
              <bdi>{t('contact.removeSure')}</bdi>
            </p>
            <div className="dialog-actions">
              <button type="button" className="button-secondary" onClick={() => setSure(false)}>
                {t('common.cancel')}
              </button>
              <button type="button" className="button-danger" onClick={onRemove}>
                {t('contact.removeYes')}
              </button>
            </div>
          </div>
        ) : (
          <div className="dialog-actions">
            <button type="button" className="button-danger" onClick={() => setSure(true)}>
              {t('contact.remove')}
            </button>
            {contact.policy === 'blocked' ? (
              <button
                type="button"
                className="button-secondary"
                onClick={() => onPolicy('accepted')}
              >
                {t('contact.unblock')}
              </button>
            ) : (
              <button
                type="button"
                className="button-secondary"
                onClick={() => onPolicy('blocked')}
              >
                {t('contact.block')}
              </button>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}

function worthOf(contact: Contact, t: I18n['t']): string {
  return {
    parley: t('contact.encryptedWhy'),
    open: `${t('conversation.openMark')}. ${t('conversation.openWhy')}`,
    guest: `${t('conversation.openMark')}. ${t('conversation.guestWhyShort')}`,
    unknown: t('contact.unknownWhy'),
  }[contact.kind];
}
