import { LANGUAGES } from '../../../src/renderer/i18n/languages.ts';
import { type Preferences, THEMES } from '../../../src/shared/model/preferences.ts';
import { FakeCore, transportTo } from '../fake-bridge/fake-bridge.ts';
import { FakeDesktop } from '../fake-bridge/fake-desktop.ts';
import { servePreferences } from '../fake-bridge/fake-page-file.ts';
import { GALLERY } from '../renderer-harness/gallery-states.ts';
import { scenarios } from '../renderer-harness/scenarios.ts';
import { runSteps } from './gallery-steps.ts';

// Runs in a page of the gallery before the renderer does. `?state=…&theme=…&language=…` says what
// the page shall show; nothing of it outlives the page.

sessionStorage.clear();
const asked = new URLSearchParams(location.search);
const state = GALLERY.find((it) => it.name === asked.get('state'));
if (state === undefined) throw new Error(`There is no state ${asked.get('state')}.`);

const language = Object.keys(LANGUAGES).find((it) => it === asked.get('language')) ?? 'en';
const preferences: Partial<Preferences> = {
  theme: THEMES.find((theme) => theme === asked.get('theme')) ?? 'light',
  language: language as keyof typeof LANGUAGES,
  firstRunDone: state.firstRun !== true,
  ...state.preferences,
};
servePreferences(preferences);

const core = new FakeCore(scenarios[state.scenario]());
core.doctorTime = state.doctorTime ?? 0;
core.host.access = state.notices ?? 'granted';
const desktop = state.desktop && new FakeDesktop(state.desktop).bridge;
const parley = transportTo({ ...core.bridge, ...(desktop && { desktop }) });
Object.assign(globalThis, { fakeCore: core, parley });

addEventListener('DOMContentLoaded', async () => {
  const catalog = await LANGUAGES[language as keyof typeof LANGUAGES].load();
  await runSteps(state.steps, catalog);
  document.documentElement.dataset['gallery'] = 'ready';
});
