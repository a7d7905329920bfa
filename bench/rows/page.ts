import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { mainThreadTasks } from '../../test/support/browser/long-tasks.ts';
import { idOf, type ScenarioName } from '../../test/support/renderer-harness/scenarios.ts';
import type { FigureRow } from '../lib/figure.ts';
import type { Plan, Row, Side } from '../lib/row.ts';
import { type PageStage, startPageStage } from '../lib/shown-page.ts';
import { percentile, summarize } from '../lib/statistics.ts';

/** With whom the conversations of the scenarios are. */
const BOB = idOf(1);
/** Between two messages, so that they meet a frame at any moment of it. Milliseconds. */
const PAUSE = { least: 20, most: 40 };

interface PaintTimes {
  /** Until the row is in the document. Milliseconds. */
  readonly document: number;
  /** Until the frame that shows it is painted. Milliseconds. */
  readonly painted: number;
}

/** The p95 of messages that arrive one after the other in a page that was just opened. */
function arriving(
  stage: PageStage,
  scenario: ScenarioName,
  { measure }: Plan,
  time: keyof PaintTimes,
): () => Promise<{ readonly value: number }> {
  const arrivals = Math.ceil(measure / 10);
  return () =>
    stage.use(scenario, async (page) => {
      const times: number[] = [];
      for (let count = 0; count < arrivals; count += 1) {
        const told = await page.evaluate<PaintTimes>(`paintTimes(${JSON.stringify(BOB)})`);
        times.push(told[time]);
        await sleep(PAUSE.least + Math.random() * (PAUSE.most - PAUSE.least));
      }
      return { value: percentile(times, 0.95) };
    });
}

function arrivalRow(about: Pick<Row, 'name' | 'title'>, time: keyof PaintTimes): Row {
  return {
    ...about,
    against: 'the same with 100',
    unit: 'ms',
    goal: 'at-most',
    target: 1.5,
    mostRounds: 9,
    prepare: async (plan) => {
      const stage = await startPageStage();
      const nothing = async () => {};
      const ours: Side = { run: arriving(stage, 'huge', plan, time), stop: nothing };
      return {
        ours,
        baseline: { run: arriving(stage, 'hundred', plan, time), stop: stage.close },
      };
    },
  };
}

export const ARRIVAL_ROWS: readonly Row[] = [
  arrivalRow(
    {
      name: 'paint',
      title: 'event from core to painted row in the page, p95, conversation of 100,000',
    },
    'painted',
  ),
  arrivalRow(
    {
      name: 'paint-work',
      title: 'the same, until the row is in the document (no wait for the next frame)',
    },
    'document',
  ),
];

/** Pixels a frame, and frames between two looks at the tasks. */
const STEP = 3_000;
const FRAMES = 120;
/** The whole way takes minutes; a quick run goes a part of it. Milliseconds. */
const LONGEST_WAY = 300_000;
const LONG_TASK = 50;

const scroll: FigureRow = {
  name: 'scroll',
  title: 'scroll through 100,000 messages: tasks of more than 50 ms of processor time',
  against: null,
  unit: 'tasks',
  goal: 'at-most',
  target: 0,
  take: async ({ rounds }) => {
    const stage = await startPageStage();
    try {
      return await stage.use('huge', (page) => scrollUp(page, rounds === 1 ? 1 : LONGEST_WAY));
    } finally {
      await stage.close();
    }
  },
};

async function scrollUp(page: Page, longest: number) {
  const end = performance.now() + longest;
  const tasks: number[] = [];
  let oldest = Number.POSITIVE_INFINITY;
  do {
    const found = await mainThreadTasks(page, async () => {
      oldest = await page.evaluate<number>(scrollScript(STEP, FRAMES));
    });
    for (const task of found) tasks.push(task);
  } while (oldest > 1 && performance.now() < end);
  const felt = await page.evaluate<readonly number[]>('longTasks');
  const passed = 100_000 - oldest;
  return {
    values: [tasks.filter((it) => it > LONG_TASK).length],
    parts: [
      { name: 'longest task, processor time', unit: 'ms', value: summarize([Math.max(...tasks)]) },
      { name: 'tasks over 50 ms by the clock', unit: 'tasks', value: summarize([felt.length]) },
      { name: 'messages that went by', unit: 'messages', value: summarize([passed]) },
    ],
  };
}

/** Turns the wheel upwards; answers the oldest message that is shown then. */
function scrollScript(step: number, frames: number): string {
  return `(async () => {
    const box = document.querySelector('[role="log"]');
    for (let turn = 0; turn < ${frames}; turn += 1) {
      box.dispatchEvent(new WheelEvent('wheel', { deltaY: -${step} }));
      box.scrollTop -= ${step};
      await new Promise((done) => requestAnimationFrame(done));
    }
    return Math.min(...Array.from(box.querySelectorAll('[data-seq]'), (it) => Number(it.dataset.seq)));
  })()`;
}

export const SCROLL_ROWS: readonly FigureRow[] = [scroll];
