import { useI18n } from '../i18n/use-i18n.ts';
import type { HostPhase } from '../state/app-state.ts';
import { Button } from '../ui/button.tsx';
import { AlertIcon } from '../ui/icons.tsx';

/** Says across the whole window that the page has lost its host; nothing while all is well. */
export function HostBanner({ host, onReconnect }: { host: HostPhase; onReconnect: () => void }) {
  const { t } = useI18n();
  if (host === 'live') return null;
  const busy = host === 'starting';
  return (
    <div className="banner" role="alert">
      <AlertIcon />
      <p>
        <strong>{t('host.lost')}</strong> {t('host.lostNext')}
      </p>
      <Button aria-disabled={busy} onClick={onReconnect}>
        {busy ? t('host.reconnecting') : t('host.reconnect')}
      </Button>
    </div>
  );
}
