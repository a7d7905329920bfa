import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a program's end is called that could not be started, or found no library of its. */
const NOT_STARTED = 127;

/** Why it is the browser this time, in two lines: the cause, and how to get the window. */
export interface Fallback {
  readonly cause: string;
  readonly next: string;
}

/** What Electron meets here. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number | undefined;
  /** Whether ordinary programs may make the namespaces that Chromium's sandbox is made of. */
  readonly hasNamespaces: boolean;
  /** Whether Electron's sandbox helper lies there as root's, to be run as root: its other way. */
  readonly hasSandboxHelper: boolean;
  /** Where that helper lies. */
  readonly sandboxHelper: string;
}

/** What keeps Electron from working here, known before it is tried. */
export function obstacleFor(
  args: readonly string[],
  { platform, env, uid }: Machine,
): Fallback | null {
  if (platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return {
      cause: 'There is no display here for a window (DISPLAY and WAYLAND_DISPLAY are not set).',
      next: 'On a desktop, "npm start" opens a window.',
    };
  }
  // The sandbox is never switched off by us: who wants that says so.
  if (uid === 0 && !args.includes('--no-sandbox')) {
    return {
      cause: "Electron's sandbox does not work for root.",
      next: 'Start as an ordinary user, or give up the sandbox: npm start -- --no-sandbox',
    };
  }
  return null;
}

/**
 * Why Electron has crashed at once. The sandbox is not looked at before: where namespaces are
 * forbidden in general, they may be allowed to this very program.
 */
export function crashOf(code: number, machine: Machine): Fallback {
  const { platform, hasNamespaces, hasSandboxHelper, sandboxHelper } = machine;
  if (platform === 'linux' && code !== NOT_STARTED && !hasNamespaces && !hasSandboxHelper) {
    return {
      cause:
        "This system keeps Electron's sandbox from working (AppArmor forbids user namespaces).",
      next:
        'Give Electron its own way, then start again:\n' +
        `   sudo chown root '${sandboxHelper}' && sudo chmod 4755 '${sandboxHelper}'`,
    };
  }
  return {
    cause: `Electron ended at once (code ${code}); what it said is above.`,
    next: 'On Linux it needs the system libraries of a desktop browser.',
  };
}

/** What can be seen without starting Electron. */
export function thisMachine(electron: string): Machine {
  const sandboxHelper = join(dirname(electron), 'chrome-sandbox');
  return {
    platform: process.platform,
    env: process.env,
    uid: process.getuid?.(),
    hasNamespaces: !isOn('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    hasSandboxHelper: isRoots(sandboxHelper),
    sandboxHelper,
  };
}

/**
 * Whether a program was ended by the system (a missing library, a signal), rather than by its own
 * decision or its user's: 127 and 128 + signal, but not the one of Ctrl-C. On Windows, what ended
 * badly has a number of that kind, too, but far larger.
 */
export function isCrash(code: number): boolean {
  return code === NOT_STARTED || (code > 128 && code !== 130 && code !== 143 && code !== 129);
}

/** A switch of the kernel that is not there is off. */
function isOn(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').trim() === '1';
  } catch {
    return false;
  }
}

function isRoots(file: string): boolean {
  try {
    const { uid, mode } = statSync(file);
    return uid === 0 && (mode & 0o4000) !== 0;
  } catch {
    return false;
  }
}
