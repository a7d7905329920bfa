import { join } from 'node:path';
import type { Dialog } from 'electron';
import { readTextFile, writeExport } from '../../core/base/atomic-file.ts';
import type { ProfileData } from '../../core/profile/profile-data.ts';
import { type DataBridge, exportFileName } from '../../shared/bridge/data-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { ProblemError, problemOf } from '../../shared/problems/problem.ts';

const FILTERS = [{ name: 'Parley', extensions: ['ndjson'] }];

export interface DataFilesDeps {
  readonly data: ProfileData;
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>;
  /** Where the user keeps documents: proposed for an export. */
  readonly folder: () => string;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly onUnexpected: (error: unknown) => void;
}

/** Exports and imports by the system's own file dialogs. The page never sees a file. */
export function createDataFiles({
  data,
  dialog,
  folder,
  now,
  onUnexpected,
}: DataFilesDeps): DataBridge {
  const answer = async <T>(work: () => Promise<T>): Promise<Outcome<T>> => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      if (!(error instanceof ProblemError)) onUnexpected(error);
      return { ok: false, problem: problemOf(error) };
    }
  };
  return {
    dataInfo: () => answer(data.info),
    exportData: () =>
      answer(async () => {
        const { canceled, filePath } = await dialog.showSaveDialog({
          defaultPath: join(folder(), exportFileName(now())),
          filters: FILTERS,
        });
        if (canceled || !filePath) return { type: 'cancelled' };
        await writeExport(filePath, data.exportAll());
        return { type: 'saved', file: filePath };
      }),
    importData: () =>
      answer(async () => {
        const { canceled, filePaths } = await dialog.showOpenDialog({
          properties: ['openFile'],
          filters: FILTERS,
        });
        const [file] = filePaths;
        if (canceled || file === undefined) return { type: 'cancelled' };
        return { type: 'added', ...(await data.importAll(readTextFile(file))) };
      }),
  };
}
