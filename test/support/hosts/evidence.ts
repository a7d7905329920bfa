import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const FOLDER = resolve(import.meta.dirname, '../../../test-results/journeys');

/**
 * Photographs a window when the running test fails, as `test-results/journeys/NAME.png`. To be called
 * after whatever ends the window with the test, so that it is still there.
 */
export function photographOnFailure(name: string, page: () => Page | undefined): void {
  onTestFinished(async ({ task }) => {
    const shown = page();
    if (task.result?.state !== 'fail' || shown === undefined) return;
    mkdirSync(FOLDER, { recursive: true });
    const path = join(FOLDER, `${name}.png`);
    // The window may be what failed.
    await shown.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
  });
}
