import { useId, useState } from 'react';
import { identityCode } from '../../shared/address/identity-text.ts';
import type { Lookalike } from '../../shared/model/lookalikes.ts';
import type { Contact } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { CodeGroups } from '../ui/code-groups.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { AlertIcon } from '../ui/icons.tsx';

/** What can be done about a request that looks like a contact. */
export interface LookalikeActions {
  /** Shows the conversation with the contact that is known. */
  readonly onOpen: () => void;
  /** It is that contact: the key is trusted, and both conversations become one. */
  readonly onSame: () => void;
  /** It is somebody else, and is accepted as that. */
  readonly onOther: () => void;
  readonly onBlock: () => void;
}

/** Replaces the plain decision: the request can be mistaken for a known contact. */
export function LookalikeWarning({
  contact,
  like,
  online,
  actions,
}: {
  contact: Contact;
  like: Lookalike;
  /** Whether the contact that is known is connected at the same time. */
  online: boolean;
  actions: LookalikeActions;
}) {
  const { t } = useI18n();
  const title = useId();
  const [asked, setAsked] = useState<'same' | 'other' | null>(null);
  const { name } = like.contact;
  const answer = (act: () => void) => () => {
    setAsked(null);
    act();
  };
  return (
    <section className="identity-banner lookalike" aria-labelledby={title}>
      <AlertIcon />
      <div className="identity-text">
        <h2 id={title}>
          <bdi>{t(`alike.${like.shares}`, { name })}</bdi>
        </h2>
        <p>{t('alike.what', { name })}</p>
        {online && (
          <p>
            <strong>{t('alike.online', { name })}</strong>
          </p>
        )}
      </div>
      <div className="identity-codes">
        <Code label={t('changed.known')} identity={like.contact.identity} />
        <Code label={t('alike.code')} identity={contact.identity} />
      </div>
      <div className="identity-actions">
        <Button look="primary" onClick={actions.onOpen}>
          {t('alike.open', { name })}
        </Button>
        <Button onClick={() => setAsked('same')}>{t('alike.same', { name })}</Button>
        <Button onClick={() => setAsked('other')}>{t('alike.other')}</Button>
        <Button look="danger" onClick={actions.onBlock}>
          {t('conversation.block')}
        </Button>
      </div>
      {asked === 'same' && (
        <Confirm
          title={t('alike.sameTitle')}
          yes={t('alike.merge')}
          onYes={answer(actions.onSame)}
          onClose={() => setAsked(null)}
        >
          <p>{t('alike.sameSure', { name })}</p>
        </Confirm>
      )}
      {asked === 'other' && (
        <Confirm
          title={t('alike.otherTitle')}
          yes={t('alike.acceptOther')}
          onYes={answer(actions.onOther)}
          onClose={() => setAsked(null)}
        >
          <p>{t('alike.otherSure', { name })}</p>
        </Confirm>
      )}
    </section>
  );
}

function Code({ label, identity }: { label: string; identity: string | null }) {
  if (identity === null) return null;
  return (
    <div>
      <h3>{label}</h3>
      <CodeGroups code={identityCode(identity)} label={label} />
    </div>
  );
}
