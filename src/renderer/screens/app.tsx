import {
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Self, Settings } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { HostBanner } from '../components/host-banner.tsx';
import { Mark } from '../components/icons.tsx';
import { SettingsDialog } from '../components/settings-dialog.tsx';
import { ShortcutSheet } from '../components/shortcut-sheet.tsx';
import { Toast } from '../components/toast.tsx';
import type { ScrollPlace } from '../hooks/use-log-scroll.ts';
import { NoticeContext } from '../hooks/use-notice.ts';
import type { I18n } from '../i18n/i18n.ts';
import type { LanguageLoader } from '../i18n/language-loader.ts';
import { I18nContext, useI18n } from '../i18n/use-i18n.ts';
import type { PreferenceStore } from '../preferences/preferences.ts';
import { PreferencesContext } from '../preferences/use-preferences.ts';
import {
  ShortcutContext,
  ShortcutHub,
  useShortcut,
  useShortcutListener,
} from '../shortcuts/shortcut-hub.ts';
import { conversationBeside, totalUnread, withoutLinks } from '../state/conversations.ts';
import type { ChatStore } from '../state/store.ts';
import { ConversationScreen } from './conversation.tsx';
import { Sidebar } from './sidebar.tsx';
import { Welcome } from './welcome.tsx';

const APP_NAME = 'Parley';

/** The whole page: its language, its looks, its keys, and the window in them. */
export function App({
  store,
  preferences,
  languages,
}: {
  store: ChatStore;
  preferences: PreferenceStore;
  languages: LanguageLoader;
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
            <MainWindow store={store} />
            <Toast text={notice} onDismiss={dismiss} />
          </NoticeContext>
        </ShortcutContext>
      </PreferencesContext>
    </I18nContext>
  );
}

function MainWindow({ store }: { store: ChatStore }) {
  const known = useSyncExternalStore(store.subscribe, store.getState);
  const state = useMemo(
    () =>
      known.host === 'live' || known.snapshot === null
        ? known
        : { ...known, snapshot: withoutLinks(known.snapshot) },
    [known],
  );
  const i18n = useI18n();
  const places = useRef(new Map<string, ScrollPlace>());
  const [open, setOpen] = useState<'settings' | 'sheet' | null>(null);
  const close = useCallback(() => setOpen(null), []);
  const notify = useContext(NoticeContext);
  const { snapshot, selected, host } = state;
  useTitle(snapshot === null ? 0 : totalUnread(snapshot.conversations));
  useWindowShortcuts(store, setOpen);
  const onOutcome = useCallback(
    (failure: Problem | null) => {
      if (failure === null) return;
      const { cause, next } = i18n.problem(failure);
      notify(`${cause} ${next}`);
    },
    [i18n, notify],
  );
  const onReconnect = () => void store.start();
  if (snapshot === null) {
    return (
      <div className="app app-waiting">
        {host === 'lost' ? <HostBanner host={host} onReconnect={onReconnect} /> : <Starting />}
      </div>
    );
  }
  const onCopy = async (text: string) => (await store.copyText(text)) === null;
  const onSave = async (wanted: Pick<Settings, 'name' | 'port'>): Promise<Problem | null> => {
    const outcome = await store.updateSettings(wanted);
    if (!outcome.ok) return outcome.problem;
    close();
    notify(whatChanged(snapshot.self, outcome.value, i18n));
    return null;
  };
  const conversation = snapshot.conversations.find((it) => it.contact.id === selected);
  return (
    <div className="app" data-view={conversation ? 'conversation' : 'list'}>
      <HostBanner host={host} onReconnect={onReconnect} />
      <Sidebar state={state} store={store} onSettings={() => setOpen('settings')} onCopy={onCopy} />
      {conversation ? (
        <ConversationScreen
          key={conversation.contact.id}
          conversation={conversation}
          state={state}
          store={store}
          places={places.current}
          onCopy={onCopy}
          onOutcome={onOutcome}
        />
      ) : (
        <main className="conversation">
          <Welcome
            self={snapshot.self}
            fresh={snapshot.conversations.length === 0}
            onCopy={onCopy}
          />
        </main>
      )}
      {open === 'settings' && (
        <SettingsDialog self={snapshot.self} onSave={onSave} onClose={close} />
      )}
      {open === 'sheet' && <ShortcutSheet onClose={close} />}
    </div>
  );
}

/** The shortcuts that belong to the window as a whole. */
function useWindowShortcuts(store: ChatStore, open: (dialog: 'settings' | 'sheet') => void): void {
  const beside = useCallback(
    (step: 1 | -1) => {
      const { snapshot, selected } = store.getState();
      const next = conversationBeside(snapshot?.conversations ?? [], selected, step);
      if (next !== null) store.select(next);
    },
    [store],
  );
  useShortcut(
    'previous',
    useCallback(() => beside(-1), [beside]),
  );
  useShortcut(
    'next',
    useCallback(() => beside(1), [beside]),
  );
  useShortcut(
    'leave',
    useCallback(() => store.select(null), [store]),
  );
  useShortcut(
    'settings',
    useCallback(() => open('settings'), [open]),
  );
  useShortcut(
    'sheet',
    useCallback(() => open('sheet'), [open]),
  );
}

function Starting() {
  const { t } = useI18n();
  return (
    <div className="starting" role="status">
      <Mark size={56} />
      <p>{t('host.starting')}</p>
    </div>
  );
}

function whatChanged(before: Self, after: Settings, { t }: I18n): string {
  const name = before.name === after.name ? null : t('settings.renamed', { name: after.name });
  const oldPort = before.listening?.port ?? before.settings.port;
  const port = oldPort === after.port ? null : t('settings.moved', { port: after.port });
  return [name, port].filter((it) => it !== null).join(' ') || t('settings.saved');
}

/** Puts the number of unread messages into the window's title. */
function useTitle(unread: number): void {
  const { format } = useI18n();
  useEffect(() => {
    document.title = unread > 0 ? `(${format.number(unread)}) ${APP_NAME}` : APP_NAME;
  }, [unread, format]);
}
