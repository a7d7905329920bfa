import type { Calls } from '../../shared/bridge/channel.ts';
import type {
  DataCommands,
  DataInfo,
  Exported,
  Imported,
} from '../../shared/bridge/data-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import { type ExportTicket, WEB_PATHS } from '../../shared/bridge/web-bridge.ts';
import { problem } from '../../shared/problems/problem.ts';

/** The browser's own ways with files, so that tests can bring theirs. */
export interface BrowserFiles {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** Lets the browser save what `path` answers, as a download of its own. */
  readonly download: (path: string) => void;
  /** Lets the user choose a file; null when they chose none. */
  readonly choose: () => Promise<Blob | null>;
}

/**
 * The data as a whole, in a browser: exported by a download and imported by an upload, so that the
 * browser streams from and to the disk and the page holds nothing of it.
 */
export function webData(token: string, files: BrowserFiles): Calls<DataCommands> {
  const headers = { authorization: `Bearer ${token}` };
  return {
    dataInfo: () =>
      answered(async () => {
        const response = await files.fetch(WEB_PATHS.data, { headers });
        return outcomeOf<DataInfo>(response);
      }),
    exportData: () =>
      answered<Exported>(async () => {
        const response = await files.fetch(WEB_PATHS.export, { method: 'POST', headers });
        if (!response.ok) return STOPPED;
        const { path } = (await response.json()) as ExportTicket;
        files.download(path);
        return { ok: true, value: { type: 'download' } };
      }),
    importData: async () => {
      const file = await files.choose();
      if (file === null) return { ok: true, value: { type: 'cancelled' } };
      return answered(async () => {
        const sent = { method: 'POST', headers, body: file };
        return outcomeOf<Imported>(await files.fetch(WEB_PATHS.import, sent));
      });
    },
  };
}

/** The real browser. */
export const browserFiles: BrowserFiles = {
  fetch: (path, init) => fetch(path, init),
  download: (path) => {
    const link = document.createElement('a');
    link.href = path;
    link.download = '';
    link.click();
  },
  choose: () =>
    new Promise((resolve) => {
      const input = document.createElement('input');
      input.type = 'file';
      input.accept = '.ndjson';
      input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
      input.addEventListener('cancel', () => resolve(null));
      input.click();
    }),
};

const STOPPED: Outcome<never> = { ok: false, problem: problem('stopped') };

async function outcomeOf<T>(response: Response): Promise<Outcome<T>> {
  return response.ok ? ((await response.json()) as Outcome<T>) : STOPPED;
}

async function answered<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch {
    return STOPPED;
  }
}
