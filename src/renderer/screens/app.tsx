import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Self, Settings } from '../../shared/model.ts';
import type { Problem } from '../../shared/problem.ts';
import { HostBanner } from '../components/host-banner.tsx';
import { Mark } from '../components/icons.tsx';
import { SettingsDialog } from '../components/settings-dialog.tsx';
import { Toast } from '../components/toast.tsx';
import type { ScrollPlace } from '../hooks/use-log-scroll.ts';
import { totalUnread, withoutLinks } from '../state/conversations.ts';
import type { ChatStore } from '../state/store.ts';
import { strings } from '../strings.ts';
import { ConversationScreen } from './conversation.tsx';
import { Sidebar } from './sidebar.tsx';
import { Welcome } from './welcome.tsx';

/** The whole window. */
export function App({ store }: { store: ChatStore }) {
  const known = useSyncExternalStore(store.subscribe, store.getState);
  const state = useMemo(
    () =>
      known.host === 'live' || known.snapshot === null
        ? known
        : { ...known, snapshot: withoutLinks(known.snapshot) },
    [known],
  );
  const places = useRef(new Map<string, ScrollPlace>());
  const [settings, setSettings] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const onOutcome = useCallback((failure: Problem | null) => {
    if (failure) setNotice(`${failure.cause} ${failure.next}`);
  }, []);
  const dismiss = useCallback(() => setNotice(null), []);
  const { snapshot, selected, host } = state;
  useTitle(snapshot === null ? 0 : totalUnread(snapshot.conversations));
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
    setSettings(false);
    setNotice(whatChanged(snapshot.self, outcome.value));
    return null;
  };
  const conversation = snapshot.conversations.find((it) => it.contact.id === selected);
  return (
    <div className="app" data-view={conversation ? 'conversation' : 'list'}>
      <HostBanner host={host} onReconnect={onReconnect} />
      <Sidebar state={state} store={store} onSettings={() => setSettings(true)} onCopy={onCopy} />
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
      {settings && (
        <SettingsDialog self={snapshot.self} onSave={onSave} onClose={() => setSettings(false)} />
      )}
      <Toast text={notice} onDismiss={dismiss} />
    </div>
  );
}

function Starting() {
  return (
    <div className="starting" role="status">
      <Mark size={56} />
      <p>{strings.host.starting}</p>
    </div>
  );
}

function whatChanged(before: Self, after: Settings): string {
  const text = strings.settings;
  const name = before.name === after.name ? null : text.renamed(after.name);
  const oldPort = before.listening?.port ?? before.settings.port;
  const port = oldPort === after.port ? null : text.moved(after.port);
  return [name, port].filter((it) => it !== null).join(' ') || text.unchanged;
}

/** Puts the number of unread messages into the window's title. */
function useTitle(unread: number): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${strings.appName}` : strings.appName;
  }, [unread]);
}
