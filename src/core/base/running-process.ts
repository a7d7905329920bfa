import { errorCode } from './error-code.ts';

/** Whether a process with this id runs on this computer; true when unknown. */
export function isRunning(pid: number): boolean {
  // 0 and below would address process groups.
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    // Signal 0 only tests for existence (kill(2)).
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
