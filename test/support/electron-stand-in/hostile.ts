import type { CDPSession, Page } from 'playwright-core';
import { PRELOAD_PORT, PRELOAD_WORLD } from './world/names.ts';

/** What a page's process could send if it were taken over: any message, from a frame of the page. */
export interface HostileFrame {
  /** The answer, or the message of the error that came instead. */
  readonly invoke: (channel: string, ...args: unknown[]) => Promise<unknown>;
  readonly send: (channel: string, ...args: unknown[]) => Promise<void>;
}

/**
 * A frame inside `page` whose `ipcRenderer` a test may use, as an attacker would who broke out of
 * the page's world: the page's own scripts have no way there. A sandboxed frame has an opaque
 * origin; one that is not shares the page's.
 */
export async function inPreloadWorld(
  page: Page,
  { sandboxed }: { readonly sandboxed: boolean },
): Promise<HostileFrame> {
  await page.evaluate(`new Promise((loaded) => {
    const frame = document.createElement('iframe');
    if (${sandboxed}) frame.sandbox = 'allow-scripts';
    frame.onload = () => loaded();
    document.body.append(frame);
  })`);
  const session = await page.context().newCDPSession(page);
  const contextId = await worldOfNewestFrame(session);
  const run = async (call: string): Promise<unknown> => {
    const expression = `Promise.resolve(${PRELOAD_PORT}.ipcRenderer.${call}).then(
      (value) => ({ ok: true, value }),
      (error) => ({ ok: false, message: error.message }),
    )`;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  };
  const list = (channel: string, args: readonly unknown[]): string =>
    [channel, ...args].map((it) => JSON.stringify(it)).join(', ');
  return {
    invoke: (channel, ...args) => run(`invoke(${list(channel, args)})`),
    send: async (channel, ...args) => void (await run(`send(${list(channel, args)})`)),
  };
}

async function worldOfNewestFrame(session: CDPSession): Promise<number> {
  const worlds = new Map<string, number>();
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = (context.auxData ?? {}) as { frameId?: string };
    if (context.name === PRELOAD_WORLD && frameId) worlds.set(frameId, context.id);
  });
  await session.send('Runtime.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const frame = frameTree.childFrames?.at(-1)?.frame;
  const world = worlds.get(frame?.id ?? '');
  if (world === undefined) throw new Error(`No isolated world in ${frame?.url}.`);
  return world;
}
