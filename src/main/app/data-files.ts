import { join } from 'node:path';
import type { Dialog } from 'electron';
import { readTextFile, writeExport } from '../../core/base/atomic-file.ts';
import type { ProfileData } from '../../core/profile/profile-data.ts';
import type { Handlers } from '../../shared/bridge/channel.ts';
import { type DataCommands, exportFileName } from '../../shared/bridge/data-bridge.ts';

const FILTERS = [{ name: 'Parley', extensions: ['ndjson'] }];

export interface DataFilesDeps {
  readonly data: ProfileData;
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>;
  /** Where the user keeps documents: proposed for an export. */
  readonly folder: () => string;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** Exports and imports by the system's own file dialogs. The page never sees a file. */
export function createDataFiles(deps: DataFilesDeps): Handlers<DataCommands> {
  const { data, dialog, folder, now } = deps;
  return {
    dataInfo: data.info,
    exportData: async () => {
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: join(folder(), exportFileName(now())),
        filters: FILTERS,
      });
      if (canceled || !filePath) return { type: 'cancelled' };
      await writeExport(filePath, data.exportAll());
      return { type: 'saved', file: filePath };
    },
    importData: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        properties: ['openFile'],
        filters: FILTERS,
      });
      const [file] = filePaths;
      if (canceled || file === undefined) return { type: 'cancelled' };
      return { type: 'added', ...(await data.importAll(readTextFile(file))) };
    },
  };
}
