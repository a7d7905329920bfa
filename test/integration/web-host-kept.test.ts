import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startWebHost } from '../../src/hosts/web/web-host.ts';
import { KEPT_LIMITS, type KeptChanges } from '../../src/shared/bridge/web-bridge.ts';
import { fakePeerApp } from '../support/fake-peer-app.ts';
import { fakeData } from '../support/fake-profile-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { WAIT_TIMEOUT_MS } from '../support/timeouts.ts';
import { bridgeOn, openPageSession } from '../support/web-page.ts';
import { openSocket, rendererFolder, startHost } from './web-host-fixture.ts';

type Host = Awaited<ReturnType<typeof startHost>>['host'];

/** A page with its session, and what it hears of other pages' changes. */
async function openPage(host: Host) {
  const socket = await openSocket(host, await openPageSession(host.newLink()));
  const bridge = bridgeOn(socket);
  const heard: KeptChanges[] = [];
  const kept = await bridge.kept((changes) => void heard.push(structuredClone(changes)));
  return { socket, bridge, heard, values: { ...kept.values }, id: kept.id };
}

describe('what pages keep', () => {
  test('is read by the next page, and other open pages hear of it', async () => {
    const { host, unexpected } = await startHost();
    const [here, there] = [await openPage(host), await openPage(host)];
    expect(here.values).toEqual({});
    expect(await here.bridge.keep({ 'parley.a': 'one', 'parley.b': 'zwei 🎉' })).toMatchObject({
      ok: true,
    });
    await vi.waitFor(
      () => expect(there.heard).toEqual([{ 'parley.a': 'one', 'parley.b': 'zwei 🎉' }]),
      WAIT_TIMEOUT_MS,
    );
    expect(here.heard).toEqual([]);
    await there.bridge.keep({ 'parley.a': null });
    await vi.waitFor(() => expect(here.heard).toEqual([{ 'parley.a': null }]), WAIT_TIMEOUT_MS);
    const next = await openPage(host);
    expect(next.values).toEqual({ 'parley.b': 'zwei 🎉' });
    expect(next.id).toBe(here.id);
    expect(unexpected).toEqual([]);
  });

  test('is on disk once the host has closed, and there again after the next start', async () => {
    const folder = temporaryFolder();
    const start = async () => {
      const host = await startWebHost({
        app: fakePeerApp().app,
        data: fakeData(),
        folder,
        rendererDir: rendererFolder(),
        onUnexpected: (error) => {
          throw error;
        },
      });
      onTestFinished(() => host.close());
      return host;
    };
    const first = await start();
    const page = await openPage(first);
    await page.bridge.keep({ 'parley.draft.bob': 'half a thought' });
    await first.close();
    const again = await openPage(await start());
    expect(again.values).toEqual({ 'parley.draft.bob': 'half a thought' });
  });

  test('is refused when it is too much or not ours, with a problem in plain words', async () => {
    const { host, unexpected } = await startHost();
    const { bridge } = await openPage(host);
    const keep = bridge.keep as unknown as (changes: unknown) => ReturnType<typeof bridge.keep>;
    const big = 'x'.repeat(KEPT_LIMITS.valueBytes + 1);
    expect(await keep({ 'parley.a': big })).toMatchObject({
      ok: false,
      problem: { code: 'over-limit' },
    });
    for (const changes of [null, 7, { other: 'x' }, { 'parley.a': {} }]) {
      expect(await keep(changes)).toMatchObject({ ok: false, problem: { code: 'bad-input' } });
    }
    expect(unexpected).toEqual([]);
  });

  test('takes the largest value that a page may keep, however it is escaped', async () => {
    const { host } = await startHost();
    const { bridge } = await openPage(host);
    const quotes = '"'.repeat(KEPT_LIMITS.valueBytes);
    expect(await bridge.keep({ 'parley.a': quotes })).toMatchObject({ ok: true });
    const next = await openPage(host);
    expect(next.values['parley.a']).toBe(quotes);
  });

  test('is told to nobody who listens no more', async () => {
    const { host, unexpected } = await startHost();
    const [here, there] = [await openPage(host), await openPage(host)];
    there.socket.terminate();
    await here.bridge.keep({ 'parley.a': 'one' });
    await here.bridge.keep({ 'parley.a': 'two' });
    expect((await openPage(host)).values).toEqual({ 'parley.a': 'two' });
    expect(there.heard).toEqual([]);
    expect(unexpected).toEqual([]);
  });

  test('has one listener a page, and takes nothing else for one', async () => {
    const { host } = await startHost();
    const [here, there] = [await openPage(host), await openPage(host)];
    const later: KeptChanges[] = [];
    await here.bridge.kept((changes) => void later.push(structuredClone(changes)));
    await there.bridge.keep({ 'parley.a': 'one' });
    await vi.waitFor(() => expect(later).toEqual([{ 'parley.a': 'one' }]), WAIT_TIMEOUT_MS);
    expect(here.heard).toEqual([]);
    const kept = here.bridge.kept as unknown as (listener: unknown) => Promise<unknown>;
    await expect(kept('no function')).rejects.toThrow('listener is a function');
  });
});
