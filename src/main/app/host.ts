import type { Clipboard, Notification, Shell } from 'electron';
import type { PageFile } from '../../core/profile/page-file.ts';
import { externalLink } from '../../shared/address/external-link.ts';
import type { Handlers, Source } from '../../shared/bridge/channel.ts';
import type { HostCommands, HostEvent } from '../../shared/bridge/host-bridge.ts';
import type { NoticeAccess } from '../../shared/model/notice.ts';
import { raise } from '../../shared/problems/problem.ts';
import { Pushes } from '../ipc/pushes.ts';
import { type NativeNotice, type NativeNoticeOptions, Notifications } from '../os/notifications.ts';

export interface HostDeps {
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly Notification: Pick<typeof Notification, 'isSupported' | 'handleActivation'> & {
    new (options: NativeNoticeOptions): NativeNotice;
  };
  readonly page: Pick<PageFile, 'change'>;
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

/** The host's channel, by Electron. */
export interface Host {
  readonly commands: Handlers<HostCommands>;
  readonly events: Source<HostEvent>;
  readonly notifications: Notifications;
}

export function createHost(deps: HostDeps): Host {
  const { Notification, setUnread, platform, presentWindow } = deps;
  const pushes = new Pushes<HostEvent>();
  const notifications = new Notifications({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    scope: deps.scope,
    onClick: (contactId) => {
      pushes.ask({ type: 'open-conversation', contactId });
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
  const commands: Handlers<HostCommands> = {
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
    copyText: async ({ text }) => {
      await deps.clipboard.writeText(text);
      return null;
    },
    openExternal: async ({ url }) => {
      const link = externalLink(url) ?? raise('link-refused');
      await deps.shell.openExternal(link.href).catch(() => raise('no-browser'));
      return null;
    },
    savePreferences: (change) => {
      deps.page.change(change);
      return null;
    },
  };
  const events: Source<HostEvent> = (afterSeq, listener) => {
    // A page that begins knows of no notification that stands.
    notifications.clear();
    return pushes.subscribe(afterSeq, listener);
  };
  return { commands, events, notifications };
}
