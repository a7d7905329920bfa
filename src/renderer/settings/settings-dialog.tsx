import type { Self } from '../../shared/model/model.ts';
import { useDesktop } from '../desktop/use-desktop.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { Ask } from '../state/ask.ts';
import { Dialog } from '../ui/dialog.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DataSection } from './data-section.tsx';
import { DesktopSection } from './desktop-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { ReachSection } from './reach-section.tsx';
import type { ChangeSettings } from './use-apply.ts';
import { YouSection } from './you-section.tsx';

/** All settings, a section each. Every change holds at once and says what it did. */
export function SettingsDialog({
  self,
  ask,
  onChange,
  onCopy,
  onShortcuts,
  onClose,
}: {
  self: Self;
  ask: Ask;
  onChange: ChangeSettings;
  onCopy: (text: string) => Promise<boolean>;
  onShortcuts: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const desktop = useDesktop();
  return (
    <Dialog title={t('settings.title')} wide onClose={onClose}>
      <div className="settings">
        <YouSection self={self} onChange={onChange} onCopy={onCopy} />
        <ReachSection self={self} onChange={onChange} />
        <PrivacySection settings={self.settings} onChange={onChange} />
        <NotificationsSection ask={ask} />
        <AppearanceSection />
        {desktop && <DesktopSection {...desktop} />}
        <DataSection ask={ask} onCopy={onCopy} />
        <AboutSection self={self} onShortcuts={onShortcuts} />
      </div>
    </Dialog>
  );
}
