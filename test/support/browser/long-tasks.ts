import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time of this thread's own, microseconds; absent in events without a length. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The tasks that a page's main thread was busy with during `work`: the processor time of each, in
 * milliseconds. Not the time that passed, of which `PerformanceObserver` tells: on a machine that
 * runs other tests as well, most of that can be somebody else's.
 */
export async function mainThreadTasks(
  page: Page,
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser of its own.');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    traceEvents
      .filter((it) => it.name === 'thread_name' && it.args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = traceEvents
    .filter((it) => it.name === 'ThreadControllerImpl::RunTask' && mains.has(threadOf(it)))
    .map((it) => (it.tdur ?? 0) / 1_000);
  if (tasks.length === 0) throw new Error('The trace tells of no tasks.');
  return tasks;
}
