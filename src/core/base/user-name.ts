import { userInfo } from 'node:os';

/** What the system calls this user: the name that others see until another is chosen. */
export function systemUserName(): string {
  try {
    return userInfo().username || 'Parley';
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return 'Parley';
  }
}
