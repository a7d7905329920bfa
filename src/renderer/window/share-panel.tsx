import { lazy, Suspense } from 'react';
import { parseAddress } from '../../shared/address/address.ts';
import { formatInvite } from '../../shared/address/invite.ts';
import type { Self } from '../../shared/model/model.ts';
import { Boundary } from '../faults/boundary.tsx';
import { useI18n } from '../i18n/use-i18n.ts';
import { primaryAddress } from '../state/conversations.ts';
import { useStore } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { LinkIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { useAct } from '../ui/use-notice.ts';

// Drawn a moment after the address that it stands beside.
const QrCode = lazy(async () => ({ default: (await import('../ui/qr-code.tsx')).QrCode }));

/** What to give to a friend: our addresses, each with what it is good for, and our invite link. */
export function SharePanel({ self }: { self: Self }) {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const best = primaryAddress(self);
  const openUp = async () => {
    const outcome = await store.updateSettings({ reach: 'network' });
    return outcome.ok ? null : outcome.problem;
  };
  if (best === null) {
    return (
      <div className="share">
        <p className="share-label">{t(self.problem ? 'own.notListening' : 'own.starting')}</p>
        {self.problem && <ProblemText problem={self.problem} />}
      </div>
    );
  }
  const invite = inviteOf(best.address, self);
  const others = self.addresses.filter((it) => it !== best);
  return (
    <div className="share">
      <div className="share-best">
        <div className="share-words">
          <p className="share-label">{t('share.title')}</p>
          <p className="address-big">
            <bdi>{best.address}</bdi>
          </p>
          <p className="hint">{t(`own.kind.${best.kind}`)}</p>
          <div className="share-actions">
            <CopyButton text={best.address} label={t('own.copyMine')} captioned />
            {invite !== null && (
              <CopyButton
                text={invite}
                label={t('share.copyInvite')}
                captioned
                icon={<LinkIcon size={18} />}
                quiet
              />
            )}
          </div>
          {invite !== null && <p className="hint">{t('share.inviteHint')}</p>}
        </div>
        {invite !== null && (
          <figure className="share-qr">
            <Boundary fallback={() => <div className="qr" />}>
              <Suspense fallback={<div className="qr" />}>
                <QrCode text={invite} label={t('share.qr')} />
              </Suspense>
            </Boundary>
            <figcaption className="hint">{t('share.qrHint')}</figcaption>
          </figure>
        )}
      </div>
      {self.settings.reach === 'this-computer' && (
        <div className="share-local">
          <p>
            <strong>{t('share.localOnly')}</strong> {t('share.localOnlyHint')}
          </p>
          <Button onClick={() => act(openUp())}>{t('share.openUp')}</Button>
        </div>
      )}
      {others.length > 0 && (
        <ul className="share-others" aria-label={t('share.addresses')}>
          {others.map(({ address, kind }) => (
            <li key={address}>
              <span>
                <bdi className="address">{address}</bdi>
                <span className="hint">{t(`own.kind.${kind}`)}</span>
              </span>
              <CopyButton text={address} label={t('share.copyOne', { address })} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Null while we have no identity that it could promise. */
function inviteOf(address: string, { identity }: Self): string | null {
  const parsed = parseAddress(address);
  return identity === null || !parsed.ok ? null : formatInvite(parsed.address, identity);
}
