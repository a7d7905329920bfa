import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { peerLabel } from '../../../../../src/hosts/terminal/serve/peer-label.ts';
import { textView } from '../../../../../src/hosts/terminal/serve/text-view.ts';
import type { ServeView } from '../../../../../src/hosts/terminal/serve/view.ts';
import type { Message } from '../../../../../src/shared/model/model.ts';
import { problem } from '../../../../../src/shared/problems/problem.ts';
import { FAKE_SELF } from '../../../../support/peers/fake-peer-app.ts';

/** What the view prints when told `tell`. */
function printed(tell: (view: ServeView) => void): readonly string[] {
  return linesOf('stdout', tell);
}

function linesOf(stream: 'stdout' | 'stderr', tell: (view: ServeView) => void): readonly string[] {
  const io = { stdout: new PassThrough(), stderr: new PassThrough() };
  tell(textView(io));
  const text = String(io[stream].read() ?? '');
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

const message = (change: Partial<Message>): Message => ({
  id: '0',
  contactId: 'c',
  author: 'me',
  body: 'Hi',
  sentAt: 0,
  seq: 1,
  state: 'queued',
  problem: null,
  replyTo: null,
  ...change,
});

const at = (host: string, port = 8081, name: string | null = 'Bob') =>
  peerLabel({ scheme: 'auto', host, port }, name);

test('a missing peer is reported with the command that starts it', () => {
  const refused = problem('refused', { host: '127.0.0.1', port: 8081 });
  const line = (label: ReturnType<typeof at>) =>
    printed((view) => view.callFailed(label, refused))[1];
  expect(line(at('127.0.0.1'))).toBe(
    '   Make sure Bob is running: parley serve --name Bob --port 8081',
  );
  expect(line(at('192.168.1.20', 9000))).toBe(
    '   Make sure Bob is running there: parley serve --name Bob --port 9000 --host 0.0.0.0',
  );
  expect(line(at('127.0.0.1', 8081, null))).toBe(
    '   Make sure the peer is running: parley serve --port 8081',
  );
  expect(line(at('127.0.0.1', 8081, "Bo'b; rm -rf"))).toBe(
    "   Make sure Bo'b; rm -rf is running: parley serve --name 'Bo'\\''b; rm -rf' --port 8081",
  );
});

test('another failure is reported with its own next step', () => {
  const other = problem('not-a-peer', { host: '127.0.0.1', port: 8081 });
  const lines = printed((view) => view.callFailed(at('127.0.0.1'), other));
  expect(lines[0]).toBe(`❌ Could not connect to Bob: ${other.cause}`);
  expect(lines[1]).toBe(`   ${other.next}`);
});

test.each([
  ['127.0.0.1', null, 'this computer only; with --reach network, from others too', 'this computer'],
  ['::1', null, 'this computer only; with --reach network, from others too', 'this computer'],
  ['0.0.0.0', null, 'anyone who has this address', 'anyone'],
  ['192.168.1.7', null, 'anyone who has this address', 'anyone'],
  ['127.0.0.1', 'localhost', 'Bob', 'Bob'],
  ['0.0.0.0', '192.168.1.20', 'Bob', 'Bob'],
  [
    '127.0.0.1',
    '192.168.1.20',
    'this computer only; with --reach network, from others too',
    'this computer',
  ],
])(
  'listening on %s, a peer at %s is not told to call if it cannot',
  (host, there, receives, waits) => {
    const self = { ...FAKE_SELF, name: 'Ann', listening: { host, port: 8080 } };
    const peer = there === null ? null : at(there);
    const lines = printed((view) => {
      view.introduced(self, peer);
      view.waiting(self, peer);
    });
    expect(lines).toEqual([
      `   - Ann can receive calls from ${receives}`,
      '',
      `⏳ Ann is waiting for calls from ${waits}...`,
    ]);
  },
);

test('a delivery is reported without noise, and each final state once', () => {
  const line = (change: Partial<Message>) => printed((view) => view.changed(message(change)));
  expect(line({ state: 'sending' })).toEqual([]);
  expect(line({ state: 'delivered' })).toEqual(['   ✓ delivered']);
  expect(line({ state: 'read' })).toEqual([]);
  expect(line({ state: 'failed', problem: problem('message-empty') })).toEqual([
    '   ✗ not delivered: The message is empty. Write something first.',
  ]);
  expect(line({ state: 'unconfirmed', problem: problem('no-answer') })[0]).toMatch(
    /^ {3}\? not known whether it arrived: /,
  );
});

test('a name cannot control the terminal', () => {
  const hostile = 'Al\u001b[2Jice\n✅';
  const lines = printed((view) => {
    view.starting(hostile, 1);
    view.received({ ...FAKE_SELF, name: hostile }, message({}), {
      contactId: 'c',
      name: hostile,
      address: null,
      code: null,
    });
  });
  expect(lines).toEqual([
    '🚀 Starting Al\\u001b[2Jice\\u000a✅ on port 1...',
    '📨 Al\\u001b[2Jice\\u000a✅ received: Hi',
  ]);
});

test('local warnings go to stderr, and so does their end', () => {
  const full = problem('storage', { reason: 'the disk is full.' });
  const tell = (view: ServeView) => {
    view.warnings([full]);
    view.warnings([]);
  };
  expect(printed(tell)).toEqual([]);
  expect(linesOf('stderr', tell)).toEqual([
    '⚠️  The history could not be written: the disk is full.',
    `   ${full.next}`,
    '✅ The problem on this computer is solved.',
  ]);
});
