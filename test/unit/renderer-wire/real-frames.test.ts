import { RpcSession, RpcTarget } from 'capnweb';
import { expect, onTestFinished, test } from 'vitest';
import { FrameRecorder } from '../../../src/core/connections/frame-recorder.ts';
import { entriesOf } from '../../../src/renderer/frame-log/entries.ts';
import { FakeWorld } from '../../support/basics/fake-world.ts';
import { memoryChannelPair } from '../../support/network/memory-channel.ts';

// What Cap'n Web itself sends, as the log reads it.

class Root extends RpcTarget {
  greet(): string {
    return 'Hello!';
  }
  async slow(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve));
    return 'at last';
  }
  echo(value: string): string {
    return value;
  }
}

function session() {
  const world = new FakeWorld();
  const end = { identity: null, host: '127.0.0.1', port: 1 };
  const [near, far] = memoryChannelPair(end, end, world);
  const tap = new FrameRecorder(world);
  new RpcSession(far.transport, new Root());
  const remote = new RpcSession<Root>(tap.record(near.transport, () => 'bob')).getRemoteMain();
  onTestFinished(() => near.close(1000, ''));
  const entries = () => entriesOf(tap.read('bob', 0).frames);
  /** For each kind of frame: the numbers of the calls that it names, with their methods. */
  const named = (kind: string) =>
    entries()
      .filter(({ message }) => message.kind === kind)
      .map(({ id, method }) => `${id} ${method}`);
  return { remote, tap, named };
}

test('two calls made before either is pulled keep their own numbers and answers', async () => {
  const { remote, tap, named } = session();
  tap.setEnabled('bob', true);
  await Promise.all([remote.slow(), remote.greet(), remote.echo('x')]);
  expect(named('call')).toEqual(['1 slow', '2 greet', '3 echo']);
  expect(named('pull')).toEqual(['1 slow', '2 greet', '3 echo']);
  expect(named('resolve').sort()).toEqual(['1 slow', '2 greet', '3 echo']);
});

test('a log that starts with calls open infers their numbers from later frames', async () => {
  const { remote, tap, named } = session();
  const early = remote.slow();
  const waited = early.then((answer) => answer);
  await remote.greet();
  tap.setEnabled('bob', true);
  const [one, other] = [remote.echo('x'), remote.greet()];
  // The second is pulled first.
  await other;
  await one;
  await waited;
  expect(named('call')).toEqual(['3 echo', '4 greet']);
  expect(named('pull')).toEqual(['4 greet', '3 echo']);
  expect(named('resolve').filter((it) => !it.endsWith('null'))).toEqual(['4 greet', '3 echo']);
});
