import { useCallback, useEffect, useState } from 'react';
import type { NoticeAccess } from '../../shared/model/notice.ts';
import { NOTICE_LEVELS, type NoticeLevel } from '../../shared/model/preferences.ts';
import { followAttention } from '../host/attention.ts';
import { hostKind } from '../host/bridge.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { noticeLevel } from '../preferences/preferences.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useStore } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';

/** What is said when notifications cannot be shown; the desktop app is refused by its system. */
function sentenceFor(access: NoticeAccess) {
  if (access === 'granted') return null;
  if (access === 'ask') return 'notYet';
  return access === 'denied' && hostKind() === 'electron' ? 'deniedBySystem' : access;
}

/** What notifications show, if they may be shown at all. */
export function NotificationsSection() {
  const { ask } = useStore();
  const { t } = useI18n();
  const [preferences, change] = usePreferences();
  const [access, setAccess] = useState<NoticeAccess>('granted');
  const [said, setSaid] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const level = noticeLevel(preferences, hostKind());
  const refresh = useCallback(async () => {
    const outcome = await ask(({ host }) => host.noticeAccess({}));
    if (!outcome.ok) return;
    setAccess(outcome.value);
    if (outcome.value === 'granted') setRefused(false);
  }, [ask]);
  useEffect(() => {
    void refresh();
    // The user may have changed the browser's settings meanwhile.
    return followAttention(() => void refresh());
  }, [refresh]);
  const choose = async (wanted: NoticeLevel) => {
    setSaid(null);
    setRefused(false);
    if (wanted !== 'off') {
      const outcome = await ask(({ host }) => host.askNoticeAccess({}));
      const given = outcome.ok ? outcome.value : access;
      setAccess(given);
      if (given !== 'granted') {
        setRefused(true);
        return;
      }
    }
    change({ notifications: wanted });
    setSaid(t(`notifications.set.${wanted}`));
  };
  // It was chosen at another port of this computer: this one has to be allowed as well.
  const waiting = access === 'ask' && level !== 'off' && !refused;
  const why = sentenceFor(access);
  const problem = refused || level !== 'off' ? why : null;
  return (
    <section className="settings-section">
      <h3>{t('notifications.title')}</h3>
      <Choice
        legend={t('notifications.legend')}
        hint={t('notifications.hint')}
        value={level}
        options={NOTICE_LEVELS.map((value) => ({
          value,
          label: t(`notifications.level.${value}`),
          ...(value === 'hidden' && { hint: t('notifications.level.hiddenHint') }),
        }))}
        onChoose={(value) => void choose(value)}
      />
      <div className="outcome">
        <div role="status">{said}</div>
        <div role="alert">
          {problem !== null && !waiting && (
            <p className="problem">{t(`notifications.${problem}`)}</p>
          )}
        </div>
      </div>
      {waiting && (
        <div className="field">
          <p>{t('notifications.ask')}</p>
          <div>
            <Button onClick={() => void choose(level)}>{t('notifications.allow')}</Button>
          </div>
        </div>
      )}
      <p className="hint">{t('notifications.muted')}</p>
    </section>
  );
}
