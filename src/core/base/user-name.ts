import { userInfo } from 'node:os';

/** The system's name of this user: what others see until another is chosen. */
export function systemUserName(): string {
  try {
    return userInfo().username || 'Parley';
  } catch {
    // A user without an entry in the user database, as in some containers.
    return 'Parley';
  }
}
