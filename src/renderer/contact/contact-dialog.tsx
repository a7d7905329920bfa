import { useState } from 'react';
import { identityCode } from '../../shared/address/identity-text.ts';
import type { Contact } from '../../shared/model/model.ts';
import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useSelf, useStore } from '../state/use-store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { CodeGroups } from '../ui/code-groups.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LockIcon, ShieldIcon, UnlockIcon } from '../ui/icons.tsx';
import { useAct } from '../ui/use-notice.ts';
import { RemoveContact } from './remove-contact.tsx';
import { SafetyNumber } from './safety-number.tsx';

/** What is known of a contact, how sure it is, and what can be done about it. */
export function ContactDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t, format } = useI18n();
  const store = useStore();
  const act = useAct();
  const own = useSelf()?.identity ?? null;
  const [sure, setSure] = useState(false);
  const { name, identity } = contact;
  const blocked = contact.policy === 'blocked';
  return (
    <Dialog title={t('conversation.details')} onClose={onClose}>
      <div className="contact">
        <div className="contact-head">
          <Avatar id={contact.identity ?? contact.id} name={name} presence={null} large />
          <div>
            <bdi className="contact-name">{name}</bdi>
            <p className="hint">{worthOf(contact, t)}</p>
            <p className="hint">{t('contact.since', { date: format.date(contact.createdAt) })}</p>
          </div>
        </div>
        <Addresses contact={contact} />
        {identity !== null && (
          <section>
            <div className="section-head">
              <h3>{t('contact.identity')}</h3>
              <CopyButton text={identityCode(identity)} label={t('contact.copyIdentity')} />
            </div>
            <p className="hint">{t('contact.identityHint', { name })}</p>
            <CodeGroups code={identityCode(identity)} label={t('contact.identity')} />
          </section>
        )}
        <TrustSection contact={contact} />
        {identity !== null && own !== null && (
          <SafetyNumber own={own} contact={contact} identity={identity} />
        )}
        <div className="dialog-actions">
          <Button look="danger" onClick={() => setSure(true)}>
            {t('contact.remove')}
          </Button>
          <Button
            onClick={() => {
              act(store.setPolicy(contact.id, blocked ? 'accepted' : 'blocked'));
              onClose();
            }}
          >
            {t(blocked ? 'contact.unblock' : 'contact.block')}
          </Button>
        </div>
      </div>
      {sure && <RemoveContact contact={contact} onYes={onClose} onClose={() => setSure(false)} />}
    </Dialog>
  );
}

function Addresses({ contact }: { contact: Contact }) {
  const { t } = useI18n();
  if (contact.addresses.length === 0) return null;
  return (
    <section>
      <h3>{t('contact.addresses')}</h3>
      <ul className="addresses">
        {contact.addresses.map((address) => (
          <li key={address}>
            <bdi className="address">{address}</bdi>
            <CopyButton text={address} label={t('contact.copyAddress', { address })} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TrustSection({ contact }: { contact: Contact }) {
  const { t } = useI18n();
  const { name, trust } = contact;
  const TrustIcon = {
    none: UnlockIcon,
    'first-use': LockIcon,
    invite: LockIcon,
    verified: ShieldIcon,
  }[trust];
  if (contact.kind === 'unknown') return null;
  return (
    <section>
      <h3>{t('trust.heading', { name })}</h3>
      <p className={`trust trust-${trust}`}>
        <TrustIcon />
        <span>
          <strong>{t(`trust.${trust}`)}</strong>
          <span className="hint">{t(`trust.${trust}Why`, { name })}</span>
        </span>
      </p>
    </section>
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
