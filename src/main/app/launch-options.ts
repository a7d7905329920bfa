import { parseArgs } from 'node:util';
import { addressOfLink } from '../../shared/address/parley-link.ts';
import { DEFAULT_PROFILE, isProfileName } from '../../shared/model/profile-name.ts';

/** The command line of this launch. Options that were not given are undefined. */
export interface LaunchOptions {
  readonly profile: string;
  readonly port: number | undefined;
  readonly name: string | undefined;
  /** The folder of the profile, instead of the default one. */
  readonly data: string | undefined;
  /** Starts without showing the window. */
  readonly hidden: boolean;
  /** The address in the `parley://` link on the command line; null without one. */
  readonly link: string | null;
  /** Options that are not ours: Chromium's and Electron's own look like any other. */
  readonly unknown: readonly string[];
}

export type LaunchParse =
  | { readonly ok: true; readonly options: LaunchOptions }
  /** One sentence: what is wrong, and the correct form. */
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
 * Parses `--profile NAME --port N --name NAME --data FOLDER --hidden LINK`. Never throws. The only
 * positional argument that is used is a link: Electron may add its own arguments before and after
 * it, and everything after `--` was written by the author of the link.
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
