import type { Self } from '../../shared/model/model.ts';
import { useDesktop } from '../desktop/use-desktop.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DataSection } from './data-section.tsx';
import { DesktopSection } from './desktop-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PrivacySection } from './privacy-section.tsx';
import { ReachSection } from './reach-section.tsx';
import { YouSection } from './you-section.tsx';

/** All settings, a section each. Every change holds at once and says what it did. */
export function SettingsDialog({
  self,
  onShortcuts,
  onClose,
}: {
  self: Self;
  onShortcuts: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const desktop = useDesktop();
  return (
    <Dialog title={t('settings.title')} wide onClose={onClose}>
      <div className="settings">
        <YouSection self={self} />
        <ReachSection self={self} />
        <PrivacySection settings={self.settings} />
        <NotificationsSection />
        <AppearanceSection />
        {desktop && <DesktopSection {...desktop} />}
        <DataSection />
        <AboutSection self={self} onShortcuts={onShortcuts} />
      </div>
    </Dialog>
  );
}
