import type { Self } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';

const PROTOCOL_URL = 'https://github.com/cloudflare/capnweb';

/** The program itself, and what others can see of its user. Links are text: the user opens them. */
export function AboutSection({ self, onShortcuts }: { self: Self; onShortcuts: () => void }) {
  const { t } = useI18n();
  const { receipts, typing } = self.settings;
  const seen = [
    'about.seenContacts',
    receipts ? 'about.seenRead' : 'about.seenNotRead',
    typing ? 'about.seenTyping' : 'about.seenNotTyping',
    'about.seenKnock',
    'about.seenWay',
    'about.seenNobody',
  ] as const;
  return (
    <section className="settings-section">
      <h3>{t('settings.about')}</h3>
      <div className="field">
        <h4>{t('about.seenTitle')}</h4>
        <ul className="plain-list">
          {seen.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
      </div>
      <div className="field hint">
        <p>{t('settings.version', { version: self.version })}</p>
        <p>{t('about.licence')}</p>
        <p>
          {t('about.protocol')} <bdi className="link-text-only">{PROTOCOL_URL}</bdi>
        </p>
      </div>
      <div>
        <Button onClick={onShortcuts}>{t('settings.shortcuts')}</Button>
      </div>
    </section>
  );
}
