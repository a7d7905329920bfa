import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { eachEvent } from '../shared/bridge/channel.ts';
import { usablePreferences } from '../shared/model/preferences.ts';
import { DesktopStore } from './desktop/desktop-store.ts';
import { connectHost, hostKind } from './host/bridge.ts';
import { applyLanguage, applyLooks } from './preferences/apply-preferences.ts';
import { LanguageLoader } from './preferences/language-loader.ts';
import { noticeLevel, PreferenceStore, servedPreferences } from './preferences/preferences.ts';
import { keepOpenPlace, windowStorage } from './state/open-place.ts';
import { ChatStore } from './state/store.ts';
import { App } from './window/app.tsx';
import './styles/index.css';

const page = document.documentElement;

void start();

/** Not awaited as the module runs: what it loads imports from the file that this is built into. */
async function start(): Promise<void> {
  const openBridge = await connectHost();
  // Other tabs of the same browser; every other page is served with what was changed.
  const tabs = new BroadcastChannel('parley.preferences');
  const preferences = new PreferenceStore(servedPreferences(page), (changed) => {
    void store.ask((bridge) => bridge.host.savePreferences(changed));
    tabs.postMessage(changed);
  });
  tabs.onmessage = ({ data }) =>
    preferences.take(usablePreferences({ ...preferences.get(), ...data }));
  const languages = new LanguageLoader(preferences, () => navigator.languages);
  let stopListening = () => {};
  const store = new ChatStore({
    openBridge: async () => {
      const bridge = await openBridge();
      stopListening();
      stopListening = eachEvent(bridge.host, ({ contactId }) => store.select(contactId));
      return bridge;
    },
    now: Date.now,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  });

  const desktopChannel = hostKind() === 'electron' ? (await openBridge()).desktop : undefined;
  const desktop = desktopChannel ? new DesktopStore(desktopChannel) : null;

  const followLooks = () => applyLooks(page, preferences.get());
  const followLanguage = () => applyLanguage(page, languages.get());
  followLooks();
  preferences.subscribe(followLooks);
  languages.subscribe(followLanguage);
  window.addEventListener('languagechange', () => void languages.update());

  const root = document.getElementById('root');
  if (root) {
    keepOpenPlace(store, windowStorage());
    void store.start();
    // Nothing is drawn in one language to be drawn again in another.
    await languages.start();
    followLanguage();
    createRoot(root).render(
      <StrictMode>
        <App store={store} preferences={preferences} languages={languages} desktop={desktop} />
      </StrictMode>,
    );
    // Not needed to draw anything.
    if (desktop) {
      const { followLanguage: tellLanguage } = await import('./desktop/desktop-texts.ts');
      tellLanguage(desktop.bridge, languages);
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
          await task(bridge.host);
          return { ok: true, value: null };
        }),
    });
  }
}
