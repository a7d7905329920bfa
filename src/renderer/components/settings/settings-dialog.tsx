import type { Self } from '../../../shared/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { Dialog } from '../dialog.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { ReachSection } from './reach-section.tsx';
import type { ChangeSettings } from './use-apply.ts';
import { YouSection } from './you-section.tsx';

/** All settings, a section each. Every change holds at once and says what it did. */
export function SettingsDialog({
  self,
  onChange,
  onCopy,
  onShortcuts,
  onClose,
}: {
  self: Self;
  onChange: ChangeSettings;
  onCopy: (text: string) => Promise<boolean>;
  onShortcuts: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  return (
    <Dialog title={t('settings.title')} wide onClose={onClose}>
      <div className="settings">
        <YouSection self={self} onChange={onChange} onCopy={onCopy} />
        <ReachSection self={self} onChange={onChange} />
        <PrivacySection settings={self.settings} onChange={onChange} />
        <AppearanceSection />
        <section className="settings-section">
          <h3>{t('settings.about')}</h3>
          <div className="dialog-actions">
            <span className="hint">{t('settings.version', { version: self.version })}</span>
            <button type="button" className="button-secondary" onClick={onShortcuts}>
              {t('settings.shortcuts')}
            </button>
          </div>
        </section>
      </div>
    </Dialog>
  );
}
