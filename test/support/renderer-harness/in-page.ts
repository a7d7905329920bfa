import type { Transport } from '../../../src/shared/bridge/bridge.ts';
import type { SavedDraft } from '../../../src/shared/model/model.ts';
import type { Preferences } from '../../../src/shared/model/preferences.ts';
import { FakeCore, transportTo } from '../fake-bridge/fake-bridge.ts';
import { FakeDesktop, FULL_DESKTOP } from '../fake-bridge/fake-desktop.ts';
import { servePreferences } from '../fake-bridge/fake-page-file.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

// Runs in the page before the renderer does: puts a fake core where Electron's preload would put
// the real one. `?scenario=…` says what is in it.
const page = globalThis as unknown as {
  readonly location: { readonly search: string };
  readonly performance: { getEntriesByType(type: 'navigation'): readonly { type: string }[] };
  fakeCore: FakeCore;
  fakeDesktop: FakeDesktop;
  parley: Transport;
};
// A page that shows one scenario after the other keeps nothing of those before.
const [navigation] = page.performance.getEntriesByType('navigation');
if (navigation?.type === 'navigate') sessionStorage.clear();
const name = new URLSearchParams(page.location.search).get('scenario') as ScenarioName;

/** The fake core's disk: a page that is loaded again finds the drafts of the one before. */
const DISK = 'fake-core';
const drafts: Record<string, SavedDraft | undefined> = JSON.parse(
  sessionStorage.getItem(DISK) ?? '{}',
);
const scenario = scenarios[name]();
page.fakeCore = new FakeCore({
  ...scenario,
  conversations: scenario.conversations.map((it) => ({
    ...it,
    contact: { ...it.contact, draft: drafts[it.contact.id] },
  })),
});
page.fakeCore.bridge.chat.subscribe(0, (batch) => {
  for (const { event } of batch.type === 'events' ? batch.events : []) {
    if (event.type === 'draft-changed') drafts[event.contactId] = event.draft ?? undefined;
  }
  sessionStorage.setItem(DISK, JSON.stringify(drafts));
});

/** The fake host's disk. */
const LOOKS = 'fake-host';
const preferences: Partial<Preferences> = JSON.parse(sessionStorage.getItem(LOOKS) ?? '{}');
servePreferences(preferences);
page.fakeCore.host.onPreferences = (change) =>
  sessionStorage.setItem(LOOKS, JSON.stringify(Object.assign(preferences, change)));

page.fakeDesktop = new FakeDesktop(FULL_DESKTOP);
const inDesktop = name === 'desktop';
page.parley = transportTo({
  ...page.fakeCore.bridge,
  ...(inDesktop && { desktop: page.fakeDesktop.bridge }),
});
