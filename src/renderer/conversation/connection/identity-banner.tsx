import { useState } from 'react';
import type { Contact, Identity } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { useStore } from '../../state/use-store.ts';
import type { Alarm } from '../../state/wrong-person.ts';
import { Button } from '../../ui/button.tsx';
import { IdentityCode } from '../../ui/code-groups.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { AlertIcon } from '../../ui/icons.tsx';
import { useAct } from '../../ui/use-notice.ts';

/**
 * Says at the top of a conversation that something else than the known key answers, and lets the
 * user decide. Until then every message waits.
 */
export function IdentityBanner({
  contact,
  alarm,
  found,
  owner,
  onTrust,
}: {
  contact: Contact;
  alarm: Alarm;
  /** The key that answers; undefined if none does. */
  found: Identity | undefined;
  /** The conversation that has the key which answers already; null if none has. */
  owner: Contact | null;
  onTrust: (identity: Identity) => void;
}) {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const onRetry = () => act(store.retry(contact.id));
  const { name } = contact;
  if (alarm === 'plain' || contact.identity === null || found === undefined) {
    return (
      <section className="identity-banner" aria-label={t(`${alarm}.title`, { name })}>
        <AlertIcon />
        <div className="identity-text" role="alert">
          <h2>{t(`${alarm}.title`, { name })}</h2>
          <p>{t(`${alarm}.what`, { name })}</p>
          <p>{t(`${alarm}.held`)}</p>
        </div>
        <div className="identity-actions">
          <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
        </div>
      </section>
    );
  }
  return (
    <ChangedKey
      key={found}
      name={name}
      known={contact.identity}
      found={found}
      owner={owner}
      onRetry={onRetry}
      onTrust={() => onTrust(found)}
    />
  );
}

function ChangedKey({
  name,
  known,
  found,
  owner,
  onRetry,
  onTrust,
}: {
  name: string;
  known: Identity;
  found: Identity;
  owner: Contact | null;
  onRetry: () => void;
  onTrust: () => void;
}) {
  const { t } = useI18n();
  const [kept, setKept] = useState(false);
  const [sure, setSure] = useState(false);
  return (
    <section className="identity-banner" aria-label={t('changed.title', { name })}>
      <AlertIcon />
      <div className="identity-text" role="alert">
        <h2>{t('changed.title', { name })}</h2>
        {kept ? (
          <p>{t('changed.kept')}</p>
        ) : (
          <>
            <p>{t('changed.what', { name })}</p>
            <p>{t('changed.ask', { name })}</p>
          </>
        )}
        <p>
          <strong>{t('changed.held')}</strong>
        </p>
      </div>
      {!kept && (
        <div className="identity-codes">
          <IdentityCode label={t('changed.known')} identity={known} />
          <IdentityCode label={t('changed.found')} identity={found} />
        </div>
      )}
      <div className="identity-actions">
        <Button look="primary" onClick={kept ? onRetry : () => setKept(true)}>
          {t(kept ? 'common.tryAgain' : 'changed.keep')}
        </Button>
        <Button look="danger" onClick={() => setSure(true)}>
          {t('changed.trust', { name })}
        </Button>
      </div>
      {sure && (
        <Confirm
          title={t(owner ? 'alike.sameTitle' : 'changed.sureTitle')}
          yes={t(owner ? 'alike.merge' : 'changed.yes')}
          onYes={() => {
            setSure(false);
            onTrust();
          }}
          onClose={() => setSure(false)}
        >
          {owner?.policy === 'blocked' && (
            <p>{t('conversation.blockedTitle', { name: owner.name })}</p>
          )}
          <p>{t(owner ? 'alike.sameSure' : 'changed.sure', { name })}</p>
        </Confirm>
      )}
    </section>
  );
}
