/** The profile that is opened unless another is named. */
export const DEFAULT_PROFILE = 'default';

// A valid folder name on every system: Windows reserves a few names for its devices.
const PROFILE_NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]{0,31}$/i;

/** Whether this is a valid profile name. Names that differ only in case are one profile. */
export function isProfileName(name: string): boolean {
  return PROFILE_NAME.test(name);
}
