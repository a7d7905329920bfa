import type { Self } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Mark } from '../ui/icons.tsx';
import { SharePanel } from './share-panel.tsx';

/** What is shown while no conversation is: how to get to one. */
export function Welcome({
  self,
  fresh,
}: {
  self: Self;
  /** Whether there is no conversation at all yet. */
  fresh: boolean;
}) {
  const { t } = useI18n();
  return (
    <div className="welcome">
      <Mark size={56} />
      <h1>{t(fresh ? 'welcome.title' : 'welcome.pickTitle')}</h1>
      <p className="welcome-lead">{t(fresh ? 'welcome.lead' : 'welcome.pickLead')}</p>
      <section className="welcome-share" aria-label={t('share.title')}>
        <SharePanel self={self} />
      </section>
      {fresh && (
        <ol className="welcome-steps">
          <li>{t('welcome.stepSend')}</li>
          <li>{t('welcome.stepType')}</li>
          <li>{t('welcome.stepChat')}</li>
        </ol>
      )}
    </div>
  );
}
