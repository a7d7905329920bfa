import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether `program` would be found when it is called by name. */
export function isOnPath(program: string): boolean {
  const endings = process.platform === 'win32' ? ['', '.exe', '.cmd'] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((it) => it !== '');
  return folders.some((folder) =>
    endings.some((ending) => isExecutable(join(folder, program + ending))),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
