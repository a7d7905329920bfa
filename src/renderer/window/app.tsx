import { useCallback, useState, useSyncExternalStore } from 'react';
import type { DesktopStore } from '../desktop/desktop-store.ts';
import { DesktopContext } from '../desktop/use-desktop.ts';
import { Boundary } from '../faults/boundary.tsx';
import { FaultNote, ReloadButton } from '../faults/fault-note.tsx';
import { I18nContext } from '../i18n/use-i18n.ts';
import type { LanguageLoader } from '../preferences/language-loader.ts';
import type { PreferenceStore } from '../preferences/preferences.ts';
import { PreferencesContext } from '../preferences/use-preferences.ts';
import { ShortcutContext, ShortcutHub, useShortcutListener } from '../shortcuts/shortcut-hub.ts';
import type { ChatStore } from '../state/store.ts';
import { StoreContext } from '../state/use-store.ts';
import { Toast } from '../ui/toast.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { NoticeContext } from '../ui/use-notice.ts';
import { MainWindow } from './main-window.tsx';

/** The whole page: its language, its looks, its keys, and the window in them. */
export function App({
  store,
  preferences,
  languages,
  desktop,
}: {
  store: ChatStore;
  preferences: PreferenceStore;
  languages: LanguageLoader;
  /** The desktop app around the page; null in a browser. */
  desktop: DesktopStore | null;
}) {
  const i18n = useSyncExternalStore(languages.subscribe, languages.get);
  const [hub] = useState(() => new ShortcutHub());
  const [notice, setNotice] = useState<string | null>(null);
  const dismiss = useCallback(() => setNotice(null), []);
  useShortcutListener(hub);
  return (
    <I18nContext value={i18n}>
      <PreferencesContext value={preferences}>
        <ShortcutContext value={hub}>
          <NoticeContext value={setNotice}>
            <StoreContext value={store}>
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
                  <DesktopContext value={desktop}>
                    <MainWindow store={store} />
                  </DesktopContext>
                  <Toast text={notice} onDismiss={dismiss} />
                  <Tooltip />
                </Boundary>
              </div>
            </StoreContext>
          </NoticeContext>
        </ShortcutContext>
      </PreferencesContext>
    </I18nContext>
  );
}
