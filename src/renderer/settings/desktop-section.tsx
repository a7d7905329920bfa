import { useState } from 'react';
import type { DesktopSettings, DesktopState } from '../../shared/bridge/desktop-bridge.ts';
import type { DesktopStore } from '../desktop/desktop-store.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { Switch } from '../ui/switch.tsx';
import { ResultText } from './result-text.tsx';
import { UpdateField } from './update-field.tsx';
import type { Result } from './use-apply.ts';

type Switchable = 'closeToTray' | 'startAtLogin' | 'spellCheck';

/** What the user may change about the desktop app, and what it says of itself. */
export function DesktopSection({ store, state }: { store: DesktopStore; state: DesktopState }) {
  const { t } = useI18n();
  const [result, setResult] = useState<Result>(null);
  const { bridge } = store;
  const change = async (wanted: Partial<DesktopSettings>) => {
    const outcome = await store.keep(bridge.updateDesktop(wanted));
    setResult(outcome.ok ? t('desktop.saved') : outcome.problem);
  };
  const showLog = async () => {
    const outcome = await bridge.openLog({});
    setResult(outcome.ok ? null : outcome.problem);
  };
  const row = (key: Switchable) => (
    <Switch
      label={t(`desktop.${key}`)}
      hint={t(`desktop.${key}Hint`)}
      on={state.settings[key]}
      onChange={(on) => void change({ [key]: on })}
    />
  );
  return (
    <section className="settings-section">
      <h3>{t('desktop.title')}</h3>
      {state.closing === 'choice' && row('closeToTray')}
      {state.closing === 'quits' && <p className="hint">{t('desktop.noTray')}</p>}
      {state.hasLoginItem && row('startAtLogin')}
      {state.loginItemWaits && <p className="hint">{t('desktop.loginWaits')}</p>}
      {state.hasSpellCheck && row('spellCheck')}
      <UpdateField state={state} store={store} onChange={(wanted) => void change(wanted)} />
      <ResultText result={result} />
      {state.system !== 'other' && <p className="hint">{t(`desktop.reach.${state.system}`)}</p>}
      <p className="hint">
        {t(state.keyProtection === 'system' ? 'desktop.keysSystem' : 'desktop.keysFile')}
      </p>
      <div className="field">
        <p className="hint">{t('desktop.log')}</p>
        <div>
          <Button onClick={() => void showLog()}>{t('desktop.openLog')}</Button>
        </div>
      </div>
    </section>
  );
}
