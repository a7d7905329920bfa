import { expect, onTestFinished } from 'vitest';
import { freePort } from '../basics/free-port.ts';
import { temporaryFolder } from '../basics/temporary-folder.ts';
import { launchStandIn, type StandInApp, type StandInOptions } from './launch.ts';

/** Alice's desktop: each launch is the same user on the same computer. */
export async function desktop() {
  const appData = temporaryFolder();
  const port = await freePort();
  const start = (options: Omit<StandInOptions, 'appData'> = {}): StandInApp => {
    const args = ['--name', 'Alice', '--port', String(port), ...(options.args ?? [])];
    const app = launchStandIn({ tray: true, ...options, appData, args });
    onTestFinished(() => app.kill());
    return app;
  };
  return { address: `127.0.0.1:${port}`, appData, start };
}

/** Neither the apps nor their pages have said that something is wrong. */
export function expectNoComplaints(...apps: readonly StandInApp[]): void {
  expect(apps.map(({ output }) => output)).toEqual(apps.map(() => ''));
  expect(apps.flatMap(({ reports }) => reports).filter((it) => it.type === 'page-error')).toEqual(
    [],
  );
}
