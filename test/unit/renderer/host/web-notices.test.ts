import { beforeEach, expect, test } from 'vitest';
import { WebAttention } from '../../../../src/renderer/host/web-attention.ts';
import { WebNotices, type WebNotification } from '../../../../src/renderer/host/web-notices.ts';
import { eachEvent } from '../../../../src/shared/bridge/channel.ts';
import { MAX_NOTICES, type Notice } from '../../../../src/shared/model/notice.ts';

class FakeApi implements WebNotification {
  static permission: NotificationPermission = 'granted';
  static answer: NotificationPermission = 'granted';
  static open: FakeApi[] = [];
  static broken = false;
  readonly title: string;
  readonly options: NotificationOptions;
  onclick: ((event: Event) => void) | null = null;
  onclose: ((event: Event) => void) | null = null;

  constructor(title: string, options: NotificationOptions) {
    if (FakeApi.broken) throw new TypeError('Illegal constructor');
    this.title = title;
    this.options = options;
    FakeApi.open = [...FakeApi.open.filter((it) => it.options.tag !== options.tag), this];
  }

  static async requestPermission(): Promise<NotificationPermission> {
    FakeApi.permission = FakeApi.answer;
    return FakeApi.answer;
  }

  close(): void {
    FakeApi.open = FakeApi.open.filter((it) => it !== this);
    this.onclose?.(new Event('close'));
  }
}

beforeEach(() => {
  FakeApi.permission = 'granted';
  FakeApi.answer = 'granted';
  FakeApi.open = [];
  FakeApi.broken = false;
});

function page(attended: () => Promise<boolean> = async () => false) {
  let focused = 0;
  const notices = new WebNotices({ api: FakeApi, attended, focus: () => (focused += 1) });
  return { notices, bridge: notices.channel(), focused: () => focused };
}

const about = (contactId: string, body = 'Hi'): Notice => ({
  contactId,
  title: contactId,
  body,
  count: 1,
});

test('a notification is shown for a contact, and the next takes its place', async () => {
  const { bridge } = page();
  await bridge.notify(about('bob', 'one'));
  await bridge.notify(about('bob', 'two'));
  await bridge.notify(about('eve', 'three'));
  expect(FakeApi.open.map((it) => [it.title, it.options.body])).toEqual([
    ['bob', 'two'],
    ['eve', 'three'],
  ]);
  await bridge.withdrawNotice({ contactId: 'bob' });
  expect(FakeApi.open.map((it) => it.title)).toEqual(['eve']);
});

test('a click brings the page to the front and opens the conversation', async () => {
  const { bridge, focused } = page();
  const opened: string[] = [];
  const stop = eachEvent(bridge, ({ contactId }) => opened.push(contactId));
  await bridge.notify(about('bob'));
  FakeApi.open[0]?.onclick?.(new Event('click'));
  expect([opened, focused(), FakeApi.open]).toEqual([['bob'], 1, []]);
  stop();
  await bridge.notify(about('bob'));
  FakeApi.open[0]?.onclick?.(new Event('click'));
  expect(opened).toEqual(['bob']);
});

test('what is withdrawn before it could be shown is not shown', async () => {
  const gate = Promise.withResolvers<boolean>();
  const { bridge } = page(() => gate.promise);
  const shown = bridge.notify(about('bob'));
  await bridge.withdrawNotice({ contactId: 'bob' });
  gate.resolve(false);
  await shown;
  expect(FakeApi.open).toEqual([]);
});

test('nothing is shown while another page of this host is looked at', async () => {
  const { bridge } = page(async () => true);
  await bridge.notify(about('bob'));
  expect(FakeApi.open).toEqual([]);
});

test('the user is asked only when the page says so, and nothing is shown unasked', async () => {
  FakeApi.permission = 'default';
  const { bridge } = page();
  expect(await bridge.noticeAccess({})).toEqual({ ok: true, value: 'ask' });
  await bridge.notify(about('bob'));
  expect(FakeApi.open).toEqual([]);
  FakeApi.answer = 'denied';
  expect(await bridge.askNoticeAccess({})).toEqual({ ok: true, value: 'denied' });
  FakeApi.answer = 'granted';
  // Who has said no is not asked again.
  expect(await bridge.askNoticeAccess({})).toEqual({ ok: true, value: 'denied' });
});

test('a browser without notifications, or that refuses to make one, costs nothing', async () => {
  const without = new WebNotices({ api: null, attended: async () => false, focus: () => {} });
  expect(await without.channel().askNoticeAccess({})).toEqual({ ok: true, value: 'unsupported' });
  expect(await without.channel().notify(about('bob'))).toEqual({ ok: true, value: null });
  FakeApi.broken = true;
  const { bridge } = page();
  expect(await bridge.notify(about('bob'))).toEqual({ ok: true, value: null });
});

test('there are never more than the desktop bears, and none is left behind', async () => {
  const { bridge, notices } = page();
  for (let count = 0; count < MAX_NOTICES + 5; count += 1) await bridge.notify(about(`c${count}`));
  expect(FakeApi.open).toHaveLength(MAX_NOTICES);
  expect(FakeApi.open[0]?.title).toBe('c5');
  notices.clear();
  expect(FakeApi.open).toEqual([]);
});

/** The locks of a browser with several pages. */
function fakeLocks() {
  const held = new Set<{ readonly name: string }>();
  const locks = {
    request: async (name: string, _options: unknown, hold: () => Promise<void>) => {
      const lock = { name };
      held.add(lock);
      await hold();
      held.delete(lock);
    },
    query: async () => ({ held: [...held], pending: [] }),
  } as unknown as Pick<LockManager, 'request' | 'query'>;
  const open = (looking: boolean) => {
    let listener = () => {};
    let has = looking;
    const attention = new WebAttention({
      locks,
      follow: (it) => {
        listener = it;
      },
      has: () => has,
    });
    const look = async (now: boolean) => {
      has = now;
      listener();
      await Promise.resolve();
    };
    return { attention, look };
  };
  return { open };
}

test('one page knows that its user is looking at another', async () => {
  const { open } = fakeLocks();
  const [here, there] = [open(false), open(true)];
  expect(await here.attention.anywhere()).toBe(true);
  await there.look(false);
  expect(await here.attention.anywhere()).toBe(false);
  await there.look(true);
  await there.look(true);
  expect(await here.attention.anywhere()).toBe(true);
  await here.look(true);
  await there.look(false);
  expect(await here.attention.anywhere()).toBe(true);
});

test('a browser without locks goes by its own page', async () => {
  const attention = new WebAttention({ locks: undefined, follow: () => {}, has: () => false });
  expect(await attention.anywhere()).toBe(false);
});
