import { join } from 'node:path';
import { copyHistory } from '../lib/history.ts';
import type { Load, LoadOptions } from '../lib/load.ts';
import type { Plot, PlotPlan } from '../lib/plot.ts';
import type { Side } from '../lib/row.ts';
import { startPair } from '../lib/start-role.ts';

/** Two peers, each on a history of its own of so many messages. */
async function peersWith(
  folder: string,
  messages: number,
  load: LoadOptions,
  { profiles }: PlotPlan,
): Promise<{ readonly size: number; readonly side: Side }> {
  const at = (side: string) => join(folder, `${side}-${messages}-${load.inFlight}`);
  for (const side of ['receiver', 'sender']) await copyHistory(messages, at(side));
  const { run, stop } = await startPair(
    { role: 'parley-server.ts', options: { dataDir: at('receiver') }, profiles },
    (port) => ({ role: 'durable-sender.ts', options: { port, dataDir: at('sender'), load } }),
  );
  const timeOf = async () => {
    const { perSecond, p50 } = (await run()) as Load;
    return { value: load.inFlight === 1 ? p50 : 1_000 / perSecond };
  };
  return { size: messages, side: { run: timeOf, stop } };
}

export const DELIVERY_PLOT: Plot = {
  name: 'delivery',
  title: 'A durable delivered message, by what both sides have stored',
  along: 'stored messages on each side',
  unit: 'ms',
  prepare: async (plan, folder) => {
    const { warmUp, measure } = plan;
    const line = async (name: string, inFlight: number) => {
      const sides = [];
      for (const messages of plan.histories) {
        sides.push(await peersWith(folder, messages, { warmUp, measure, inFlight }, plan));
      }
      return { name, sides };
    };
    return [await line('one alone, p50', 1), await line('one of 64 in flight', 64)];
  },
};
