import type { Settings } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Switch } from '../ui/switch.tsx';
import { ResultText } from './result-text.tsx';
import { useApply } from './use-apply.ts';

/** What contacts learn of us beside our messages. */
export function PrivacySection({ settings }: { settings: Settings }) {
  const { t } = useI18n();
  const { result, apply } = useApply();
  return (
    <section className="settings-section">
      <h3>{t('settings.privacy')}</h3>
      <Switch
        label={t('settings.receipts')}
        hint={t('settings.receiptsHint')}
        on={settings.receipts}
        onChange={(on) =>
          void apply({ receipts: on }, () => t(on ? 'settings.receiptsOn' : 'settings.receiptsOff'))
        }
      />
      <Switch
        label={t('settings.typing')}
        hint={t('settings.typingHint')}
        on={settings.typing}
        onChange={(on) =>
          void apply({ typing: on }, () => t(on ? 'settings.typingOn' : 'settings.typingOff'))
        }
      />
      <ResultText result={result} />
    </section>
  );
}
