import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { getBridge } from './bridge.ts';
import { LanguageLoader } from './i18n/language-loader.ts';
import { applyLanguage, applyLooks } from './preferences/apply-preferences.ts';
import { browserStorage, PreferenceStore } from './preferences/preferences.ts';
import { App } from './screens/app.tsx';
import { DraftKeeper } from './state/draft-keeper.ts';
import { ChatStore } from './state/store.ts';
import './styles/index.css';

const preferences = new PreferenceStore(browserStorage());
const languages = new LanguageLoader(preferences, () => navigator.languages);
const store = new ChatStore({
  openBridge: getBridge,
  now: Date.now,
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  drafts: new DraftKeeper(browserStorage()),
});

const page = document.documentElement;
const followLooks = () => applyLooks(page, preferences.get());
const followLanguage = () => applyLanguage(page, languages.get());
followLooks();
preferences.subscribe(followLooks);
languages.subscribe(followLanguage);
window.addEventListener('storage', () => preferences.reload());
window.addEventListener('languagechange', () => void languages.update());

const root = document.getElementById('root');
if (root) {
  void store.start();
  // Nothing is drawn in one language to be drawn again in another.
  await languages.start();
  followLanguage();
  createRoot(root).render(
    <StrictMode>
      <App store={store} preferences={preferences} languages={languages} />
    </StrictMode>,
  );
}
