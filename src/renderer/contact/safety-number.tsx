import { useEffect, useState } from 'react';
import { safetyNumber } from '../../shared/address/identity-text.ts';
import type { Contact, Identity } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { ResultText } from '../settings/result-text.tsx';
import type { Result } from '../settings/use-apply.ts';
import { useStore } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import { CodeGroups } from '../ui/code-groups.tsx';

/** The number that both people compare, how to do it, and what came of it. */
export function SafetyNumber({
  own,
  contact,
  identity,
}: {
  own: Identity;
  contact: Contact;
  /** The contact's. */
  identity: Identity;
}) {
  const { t } = useI18n();
  const store = useStore();
  const number = useSafetyNumber(own, identity);
  const [result, setResult] = useState<Result>(null);
  const { name } = contact;
  const verified = contact.trust === 'verified';
  const say = async (wanted: boolean) =>
    setResult(
      (await store.setVerified(contact.id, wanted)) ??
        t(wanted ? 'safety.marked' : 'safety.tookBack', { name }),
    );
  return (
    <section className="safety">
      <h3>{t('safety.heading')}</h3>
      <p className="hint">{t('safety.how', { name })}</p>
      {number === null ? (
        <p className="code-waiting" role="status">
          {t('safety.computing')}
        </p>
      ) : (
        <CodeGroups code={number} label={t('safety.heading')} />
      )}
      {!verified && <p className="hint">{t('safety.different', { name })}</p>}
      <ResultText result={result} />
      <Button
        look={verified ? 'secondary' : 'primary'}
        aria-disabled={number === null}
        onClick={() => number !== null && void say(!verified)}
      >
        {t(verified ? 'safety.takeBack' : 'safety.same')}
      </Button>
    </section>
  );
}

/** Null while it is being worked out. */
function useSafetyNumber(own: Identity, other: Identity): string | null {
  const [known, setKnown] = useState<{ readonly of: string; readonly number: string } | null>(null);
  const of = `${own} ${other}`;
  useEffect(() => {
    let current = true;
    void safetyNumber(own, other).then((number) => {
      if (current) setKnown({ of: `${own} ${other}`, number });
    });
    return () => {
      current = false;
    };
  }, [own, other]);
  return known?.of === of ? known.number : null;
}
