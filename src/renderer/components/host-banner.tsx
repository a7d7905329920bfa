import type { HostPhase } from '../state/app-state.ts';
import { strings } from '../strings.ts';
import { AlertIcon } from './icons.tsx';

/** Says across the whole window that the page has lost its host; nothing while all is well. */
export function HostBanner({ host, onReconnect }: { host: HostPhase; onReconnect: () => void }) {
  if (host === 'live') return null;
  const text = strings.host;
  const busy = host === 'starting';
  return (
    <div className="banner" role="alert">
      <AlertIcon />
      <p>
        <strong>{text.lost}</strong> {text.lostNext}
      </p>
      <button type="button" className="button-secondary" aria-disabled={busy} onClick={onReconnect}>
        {busy ? text.reconnecting : text.reconnect}
      </button>
    </div>
  );
}
