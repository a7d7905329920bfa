import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ShellStore } from './desktop/shell-store.ts';
import { hostKind, openHost } from './host/bridge.ts';
import { applyLanguage, applyLooks } from './preferences/apply-preferences.ts';
import { LanguageLoader } from './preferences/language-loader.ts';
import { noticeLevel, PreferenceStore } from './preferences/preferences.ts';
import { keepOpenPlace } from './state/open-place.ts';
import { ChatStore } from './state/store.ts';
import { localPageStorage, windowStorage } from './storage/local-storage.ts';
import { App } from './window/app.tsx';
import './styles/index.css';

const page = document.documentElement;
// What this place remembers, before anything is waited for: no page flashes in the wrong colours.
applyLooks(page, new PreferenceStore(localPageStorage()).get());

void start();

/** Not awaited as the module runs: what it loads imports from the file that this is built into. */
async function start(): Promise<void> {
  const { storage, openBridge, restored } = await openHost();
  const preferences = new PreferenceStore(storage);
  const languages = new LanguageLoader(preferences, () => navigator.languages);
  let stopListening = () => {};
  const store = new ChatStore({
    openBridge: async () => {
      const bridge = await openBridge();
      stopListening();
      stopListening = bridge.onOpenConversation((contactId) => store.select(contactId));
      return bridge;
    },
    now: Date.now,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });

  const shellBridge = window.parley?.shell;
  const shell = shellBridge ? new ShellStore(shellBridge) : null;

  const followLooks = () => applyLooks(page, preferences.get());
  const followLanguage = () => applyLanguage(page, languages.get());
  followLooks();
  preferences.subscribe(followLooks);
  languages.subscribe(followLanguage);
  storage?.follow(() => preferences.reload());
  window.addEventListener('languagechange', () => void languages.update());

  const root = document.getElementById('root');
  if (root) {
    keepOpenPlace(store, windowStorage());
    void store.start();
    // Nothing is drawn in one language, or in one theme, to be drawn again in another.
    await restored;
    await languages.start();
    followLanguage();
    createRoot(root).render(
      <StrictMode>
        <App store={store} preferences={preferences} languages={languages} shell={shell} />
      </StrictMode>,
    );
    // Not needed to draw anything.
    if (shellBridge) {
      const { followLanguage: tellLanguage } = await import('./desktop/shell-texts.ts');
      tellLanguage(shellBridge, languages);
    }
    const { startNotifier } = await import('./notifications/notifier.ts');
    startNotifier({
      state: { get: store.getState, subscribe: store.subscribe },
      level: {
        get: () => noticeLevel(preferences.get(), hostKind()),
        subscribe: preferences.subscribe,
      },
      i18n: languages.get,
      run: (task) =>
        void store.ask(async (bridge) => {
          await task(bridge);
          return { ok: true, value: null };
        }),
    });
  }
}
