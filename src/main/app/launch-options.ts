import { parseArgs } from 'node:util';
import { addressOfLink } from '../../shared/address/parley-link.ts';
import { DEFAULT_PROFILE, isProfileName } from '../../shared/model/profile-name.ts';

/** What the command line asked of this copy. Whatever was not named is undefined. */
export interface LaunchOptions {
  readonly profile: string;
  readonly port: number | undefined;
  readonly name: string | undefined;
  /** A folder to keep the profile in, instead of the usual place. */
  readonly data: string | undefined;
  /** Starts without showing the window. */
  readonly hidden: boolean;
  /** The address in the `parley://` link that the copy was started with; null without one. */
  readonly link: string | null;
  /** Options that are not ours: Chromium's and Electron's own look like any other. */
  readonly unknown: readonly string[];
}

export type LaunchParse =
  | { readonly ok: true; readonly options: LaunchOptions }
  /** One sentence: what is wrong, and how it should look. */
  | { readonly ok: false; readonly reason: string };

const OURS = {
  profile: { type: 'string' },
  port: { type: 'string' },
  name: { type: 'string' },
  data: { type: 'string' },
  hidden: { type: 'boolean' },
} as const;
type OwnOption = keyof typeof OURS;

/**
 * Reads `--profile NAME --port N --name NAME --data FOLDER --hidden LINK`. Never throws. Of what is
 * not an option only a link is heeded: Electron may put its own things before and after it, and
 * what stands behind `--` was written by whoever made the link.
 */
export function parseLaunchOptions(args: readonly string[]): LaunchParse {
  const { tokens } = parseArgs({ args: [...args], options: OURS, strict: false, tokens: true });
  const given = new Map<OwnOption, string>();
  const unknown: string[] = [];
  let link: string | null = null;
  for (const token of tokens) {
    if (token.kind === 'positional') link ??= addressOfLink(token.value);
    if (token.kind !== 'option') continue;
    if (!isOwn(token.name)) {
      unknown.push(token.rawName);
      continue;
    }
    if (token.name === 'hidden') {
      if (token.value !== undefined) return refuse('--hidden takes no value.');
      given.set('hidden', '');
      continue;
    }
    // `--port --name Ann`: the next option is not a value.
    if (!token.value || (!token.inlineValue && token.value.startsWith('--'))) {
      return refuse(`--${token.name} needs a value after it.`);
    }
    if (given.has(token.name)) return refuse(`--${token.name} was given twice.`);
    given.set(token.name, token.value);
  }
  return check(given, unknown, link);
}

function check(
  given: ReadonlyMap<OwnOption, string>,
  unknown: readonly string[],
  link: string | null,
): LaunchParse {
  const profile = given.get('profile') ?? DEFAULT_PROFILE;
  if (!isProfileName(profile)) {
    return refuse(
      `--profile ${profile} is not a profile name: use up to 32 letters, digits, - and _.`,
    );
  }
  const port = given.get('port');
  if (port !== undefined && !isPort(port)) {
    return refuse(`--port ${port} is not a port: use a whole number from 1 to 65535.`);
  }
  return {
    ok: true,
    options: {
      profile: profile.toLowerCase(),
      port: port === undefined ? undefined : Number(port),
      name: given.get('name'),
      data: given.get('data'),
      hidden: given.has('hidden'),
      link,
      unknown,
    },
  };
}

function refuse(reason: string): LaunchParse {
  return { ok: false, reason };
}

function isOwn(name: string): name is OwnOption {
  return Object.hasOwn(OURS, name);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
