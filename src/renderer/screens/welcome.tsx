import type { Self } from '../../shared/model.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Mark } from '../components/icons.tsx';
import { ProblemText } from '../components/problem-text.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { primaryAddress } from '../state/conversations.ts';

/** What is shown while no conversation is: how to get to one. */
export function Welcome({
  self,
  fresh,
  onCopy,
}: {
  self: Self;
  /** Whether there is no conversation at all yet. */
  fresh: boolean;
  onCopy: (text: string) => Promise<boolean>;
}) {
  const { t } = useI18n();
  const address = primaryAddress(self);
  return (
    <div className="welcome">
      <Mark size={56} />
      <h1>{fresh ? t('welcome.title') : t('welcome.pickTitle')}</h1>
      <p className="welcome-lead">{fresh ? t('welcome.lead') : t('welcome.pickLead')}</p>
      {address && (
        <section className="welcome-address" aria-label={t('share.title')}>
          <p className="welcome-label">{t('share.title')}</p>
          <p className="address-big">{address.address}</p>
          <p className="hint">{t(`own.kind.${address.kind}`)}</p>
          <CopyButton
            label={t('own.copyMine')}
            caption={t('own.copyMine')}
            onCopy={() => onCopy(address.address)}
          />
        </section>
      )}
      {!address && self.problem && (
        <section className="welcome-address" aria-label={t('share.title')}>
          <p className="welcome-label">{t('own.notListening')}</p>
          <ProblemText problem={self.problem} />
        </section>
      )}
      {fresh && (
        <ol className="welcome-steps">
          {[t('welcome.stepSend'), t('welcome.stepType'), t('welcome.stepChat')].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
