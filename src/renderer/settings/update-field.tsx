import type {
  DesktopSettings,
  DesktopState,
  UpdateState,
} from '../../shared/bridge/desktop-bridge.ts';
import type { DesktopStore } from '../desktop/desktop-store.ts';
import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { Switch } from '../ui/switch.tsx';

/** Where the app stands with newer versions of itself, and what can be done about it. */
export function UpdateField({
  state: { settings, update },
  store,
  onChange,
}: {
  state: DesktopState;
  store: DesktopStore;
  onChange: (change: Partial<DesktopSettings>) => void;
}) {
  const { t } = useI18n();
  const { bridge } = store;
  const busy = update.phase === 'checking' || update.phase === 'downloading';
  return (
    <div className="field">
      {update.phase !== 'manual' && (
        <Switch
          label={t('desktop.autoUpdate')}
          hint={t('desktop.autoUpdateHint')}
          on={settings.autoUpdate}
          onChange={(on) => onChange({ autoUpdate: on })}
        />
      )}
      <h4>{t('desktop.update')}</h4>
      <div role="status" className="hint">
        {said(update, t)}
      </div>
      {update.phase === 'ready' && (
        <div>
          <Button look="primary" onClick={() => void bridge.installUpdate({})}>
            {t('desktop.updateRestart')}
          </Button>
        </div>
      )}
      {update.phase !== 'ready' && update.phase !== 'manual' && (
        <div>
          <Button
            aria-disabled={busy}
            onClick={() => {
              if (!busy) void store.keep(bridge.checkForUpdate({}));
            }}
          >
            {t('desktop.updateCheck')}
          </Button>
        </div>
      )}
    </div>
  );
}

function said(update: UpdateState, t: I18n['t']): string {
  switch (update.phase) {
    case 'manual':
      return update.url === null
        ? t('desktop.updateManual')
        : t('desktop.updateManualAt', { url: update.url });
    case 'ready':
      return t('desktop.updateReady', { version: update.version });
    default:
      return t(`desktop.update.${update.phase}`);
  }
}
