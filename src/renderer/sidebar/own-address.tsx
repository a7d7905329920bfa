import type { Self } from '../../shared/model/model.ts';
import { replacedPort } from '../../shared/model/settings.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { primaryAddress } from '../state/conversations.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ShareIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';

/** The user's own name and address, with a button that copies the address. */
export function OwnAddress({
  self,
  onShare,
  onSettings,
  onResume,
}: {
  self: Self;
  onShare: () => void;
  /** Leads to where the port is chosen. */
  onSettings: () => void;
  /** Ends a pause. */
  onResume: () => void;
}) {
  const { t } = useI18n();
  const address = primaryAddress(self);
  const paused = self.problem?.code === 'paused';
  const taken = replacedPort(self);
  return (
    <section className="own" aria-label={t('own.region')}>
      <Avatar id={self.identity ?? self.name} name={self.name} presence={null} />
      <div className="own-text">
        <bdi className="own-name">{self.name}</bdi>
        {address ? (
          <span className="own-address" data-tip={t(`own.kind.${address.kind}`)}>
            {address.address}
            <span className="visually-hidden"> ({t(`own.kind.${address.kind}`)})</span>
          </span>
        ) : (
          <span className="own-address">
            {self.problem ? t('own.notListening') : t('own.starting')}
          </span>
        )}
      </div>
      {address && <CopyButton text={address.address} label={t('own.copy')} />}
      {address && (
        <IconButton label={t('share.open')} onClick={onShare}>
          <ShareIcon />
        </IconButton>
      )}
      {taken !== null && (
        <p className="own-moved hint">{t('own.moved', { port: String(taken) })}</p>
      )}
      {self.problem && (
        <div className={paused ? 'own-problem own-paused' : 'own-problem'} role="alert">
          <ProblemText problem={self.problem} />
          {self.problem.code.startsWith('port-') && (
            <Button onClick={onSettings}>{t('own.otherPort')}</Button>
          )}
          {paused && <Button onClick={onResume}>{t('own.resume')}</Button>}
        </div>
      )}
    </section>
  );
}
