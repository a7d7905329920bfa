import type { Notification } from 'electron';
import type { PageFile } from '../../core/profile/page-file.ts';
import {
  HOST_COMMAND_NAMES,
  type HostCommandName,
  type HostInput,
  type HostOutput,
  type NoticeAccess,
} from '../../shared/bridge/host-bridge.ts';
import { hostSchemas } from '../../shared/bridge/host-schemas.ts';
import { hostChannel, IPC_CHANNELS } from '../../shared/bridge/ipc-channels.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import type { ContactId } from '../../shared/model/model.ts';
import { problem } from '../../shared/problems/problem.ts';
import { type NativeNotice, type NativeNoticeOptions, Notifications } from '../os/notifications.ts';
import { type PageDeps, trustedIpc } from './sender.ts';
import type { PageContents } from './subscriptions.ts';

export interface HostIpcDeps extends PageDeps {
  readonly Notification: Pick<typeof Notification, 'isSupported' | 'handleActivation'> & {
    new (options: NativeNoticeOptions): NativeNotice;
  };
  readonly page: Pick<PageFile, 'save'>;
  /** Shows how much is unread. */
  readonly setUnread: (count: number) => void;
  readonly platform: NodeJS.Platform;
  /** As in `NotificationsDeps`. */
  readonly scope: string;
  /** What a notification says that is shown to see whether the system lets us. */
  readonly sample: () => { readonly title: string; readonly body: string };
  /** Runs `task` after `delay` milliseconds unless the returned function is called. */
  readonly after: (delay: number, task: () => void) => () => void;
  /** Opens the window, or brings it to the front. */
  readonly presentWindow: () => void;
}

/** As long as the system's own question may wait for its answer, for the page's to be given. */
const ANSWER_WITHIN = 60_000;

/** What the page does on the user's desktop, by Electron. */
export function serveHostIpc(deps: HostIpcDeps): { readonly notifications: Notifications } {
  const { Notification, setUnread, platform, presentWindow } = deps;
  const ipc = trustedIpc(deps);
  const opening = new Opening();
  const notifications = new Notifications({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    scope: deps.scope,
    onClick: (contactId) => {
      opening.ask(contactId);
      presentWindow();
    },
  });
  // What was left by an earlier run, or started this one: no object of ours is there to be clicked.
  if (platform === 'win32') Notification.handleActivation((it) => notifications.activated(it));
  const access = (): NoticeAccess => {
    if (!notifications.supported) return 'unsupported';
    return notifications.refused ? 'denied' : 'granted';
  };
  const ask = async (): Promise<NoticeAccess> => {
    // macOS asks its user when it is shown the first notification: better now than in the middle of
    // something. And only another one tells whether a refusal still stands.
    if (!notifications.supported || (platform !== 'darwin' && !notifications.refused)) {
      return access();
    }
    const { title, body } = deps.sample();
    const late = Promise.withResolvers<void>();
    const cancel = deps.after(ANSWER_WITHIN, late.resolve);
    await Promise.race([notifications.try(title, body), late.promise]);
    cancel();
    return access();
  };
  const commands: Answers = {
    notify: (notice) => {
      notifications.show(notice);
      return null;
    },
    withdrawNotice: ({ contactId }) => {
      notifications.withdraw(contactId);
      return null;
    },
    setUnread: ({ count }) => {
      setUnread(count);
      return null;
    },
    noticeAccess: access,
    askNoticeAccess: ask,
    savePreferences: (preferences) => {
      deps.page.save(preferences);
      return null;
    },
  };
  for (const name of HOST_COMMAND_NAMES) {
    ipc.handle(hostChannel(name), (_event, input) => run(commands, name, input, deps.onUnexpected));
  }
  ipc.on(IPC_CHANNELS.openListening, ({ sender }) => {
    // A page that begins knows of no notification that stands.
    notifications.clear();
    opening.listen(sender);
  });
  return { notifications };
}

/** The commands, some of which are answered later. */
type Answers = {
  readonly [Name in HostCommandName]: (
    input: HostInput<Name>,
  ) => HostOutput<Name> | Promise<HostOutput<Name>>;
};

async function run<Name extends HostCommandName>(
  commands: Answers,
  name: Name,
  input: unknown,
  onUnexpected: (error: unknown) => void,
): Promise<Outcome<unknown>> {
  const parsed = hostSchemas[name].safeParse(input);
  if (!parsed.success) {
    return { ok: false, problem: problem('bad-input', { reason: `${name}: not its input` }) };
  }
  try {
    const command = commands[name] as (input: HostInput<Name>) => unknown;
    return { ok: true, value: await command(parsed.data) };
  } catch (error) {
    onUnexpected(error);
    return { ok: false, problem: problem('internal') };
  }
}

/** The way to the page that shows conversations; until there is one, the last request is kept. */
class Opening {
  #page: PageContents | null = null;
  #pending: ContactId | null = null;

  listen(page: PageContents): void {
    this.#page = page;
    page.once('destroyed', () => {
      if (this.#page === page) this.#page = null;
    });
    if (this.#pending !== null) this.ask(this.#pending);
  }

  ask(contactId: ContactId): void {
    if (this.#page === null || this.#page.isDestroyed()) {
      this.#pending = contactId;
      return;
    }
    this.#pending = null;
    this.#page.send(IPC_CHANNELS.openConversation, contactId);
  }
}
