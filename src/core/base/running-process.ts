import { errorCode } from './error-code.ts';

/** Whether a process with this id runs on this computer. In doubt it does. */
export function isRunning(pid: number): boolean {
  // 0 and what is below it would mean groups of processes.
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    // Signal 0 only asks (kill(2)).
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
