import { useCallback, useState, useSyncExternalStore } from 'react';
import { Boundary } from '../components/boundary.tsx';
import { FaultNote, ReloadButton } from '../components/fault-note.tsx';
import { Toast } from '../components/toast.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import type { ShellStore } from '../desktop/shell-store.ts';
import { ShellContext } from '../desktop/use-shell.ts';
import { FaultReports } from '../hooks/use-fault-reports.ts';
import { NoticeContext } from '../hooks/use-notice.ts';
import type { LanguageLoader } from '../i18n/language-loader.ts';
import { I18nContext } from '../i18n/use-i18n.ts';
import type { PreferenceStore } from '../preferences/preferences.ts';
import { PreferencesContext } from '../preferences/use-preferences.ts';
import { ShortcutContext, ShortcutHub, useShortcutListener } from '../shortcuts/shortcut-hub.ts';
import type { ChatStore } from '../state/store.ts';
import { MainWindow } from './main-window.tsx';

/** The whole page: its language, its looks, its keys, and the window in them. */
export function App({
  store,
  preferences,
  languages,
  shell,
}: {
  store: ChatStore;
  preferences: PreferenceStore;
  languages: LanguageLoader;
  /** The desktop app around the page; null in a browser. */
  shell: ShellStore | null;
}) {
  const i18n = useSyncExternalStore(languages.subscribe, languages.get);
  const [hub] = useState(() => new ShortcutHub());
  const [notice, setNotice] = useState<string | null>(null);
  const dismiss = useCallback(() => setNotice(null), []);
  const copyReport = useCallback(
    async (report: string) => (await store.copyText(report)) === null,
    [store],
  );
  useShortcutListener(hub);
  return (
    <I18nContext value={i18n}>
      <PreferencesContext value={preferences}>
        <ShortcutContext value={hub}>
          <NoticeContext value={setNotice}>
            <FaultReports value={copyReport}>
              <div className="window">
                <Boundary
                  fallback={(fault) => (
                    <main className="app app-waiting">
                      <FaultNote what="window" fault={fault}>
                        <ReloadButton />
                      </FaultNote>
                    </main>
                  )}
                >
                  <ShellContext value={shell}>
                    <MainWindow store={store} />
                  </ShellContext>
                  <Toast text={notice} onDismiss={dismiss} />
                  <Tooltip />
                </Boundary>
              </div>
            </FaultReports>
          </NoticeContext>
        </ShortcutContext>
      </PreferencesContext>
    </I18nContext>
  );
}
