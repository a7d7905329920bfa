import { resolve } from 'node:path';
import { openProfile, type Profile } from '../../../core/open-profile.ts';
import { DEFAULT_PROFILE } from '../../../shared/model/profile-name.ts';
import { raise } from '../../../shared/problems/problem.ts';
import type { Arguments, OptionSpec } from '../args.ts';
import type { CommandDeps } from '../command.ts';
import { OutputLostError } from '../io.ts';
import { stopRequest } from '../stop-request.ts';
import { reporter } from '../unexpected.ts';

export const PROFILE_OPTIONS: OptionSpec = {
  profile: { type: 'string' },
  data: { type: 'string' },
};

/** The help text of these options, for the section "Options:". */
export const PROFILE_HELP = `
  --profile NAME   which of your profiles (default: ${DEFAULT_PROFILE})
  --data DIR       the profile whose data is in DIR
`.slice(1, -1);

/** The help text about naming a contact. */
export const CONTACT_HELP = `
CONTACT is a name, the beginning of an identity code (4 characters or more), an address, or an id.
`.trim();

/** The folder of the profile that the command line names. */
export function dataFolder(
  args: Arguments,
  { profileDir }: Pick<CommandDeps, 'profileDir'>,
): string {
  const data = args.text('data');
  return data === undefined ? profileDir(args.text('profile') ?? DEFAULT_PROFILE) : resolve(data);
}

export interface NamedProfile {
  readonly args: Arguments;
  readonly deps: CommandDeps;
  /** Makes the profile when there is none; otherwise that is a problem. */
  readonly create?: boolean;
  /** The command only reads, so a read-only profile will do. */
  readonly readsOnly?: boolean;
}

/** Opens the profile that the command line names, through its running app if there is one. */
export function openNamedProfile({
  args,
  deps,
  create = false,
  readsOnly = false,
}: NamedProfile): Promise<Profile> {
  return openProfile({
    dataDir: dataFolder(args, deps),
    create,
    readsOnly,
    defaultName: deps.defaultName,
    onUnexpected: reporter(deps.io),
    start: deps.startPeer,
  });
}

/** Runs `work` on that profile. A request to stop ends it with an `interrupted` problem. */
export async function withProfile<T>(
  named: NamedProfile,
  work: (profile: Profile) => Promise<T>,
): Promise<T> {
  const stop = stopRequest(named.deps.io);
  const interrupted = stop.reason.then((reason) => {
    if (reason === 'output-closed' || reason === 'output-failed') throw new OutputLostError();
    return raise('interrupted');
  });
  interrupted.catch(() => undefined);
  try {
    const profile = await openNamedProfile(named);
    try {
      return await Promise.race([work(profile), interrupted]);
    } finally {
      await profile.close(stop.signal);
    }
  } finally {
    stop.dispose();
  }
}
