import { join } from 'node:path';
import type { ForgePackagerOptions } from '@electron-forge/shared-types';

type Environment = Readonly<Record<string, string | undefined>>;

/** The parameters of signtool (a token, a signing service), or a certificate in a file. */
type WindowsSigning =
  | { signWithParams: string }
  | { certificateFile: string; certificatePassword: string };

/** What signing adds to the packager's options; nothing where nothing is set. */
export type Signing = Pick<ForgePackagerOptions, 'osxSign' | 'osxNotarize' | 'windowsSign'>;

/**
 * Reads what a build machine was given to sign with. Half of it is an error: a release that was
 * meant to be signed is not made unsigned.
 */
export function signingFrom(env: Environment): Signing {
  return { ...macSigning(env), ...windowsSigning(env) };
}

function macSigning(env: Environment): Signing {
  const identity = env['APPLE_SIGNING_IDENTITY'];
  const account = allOf(env, ['APPLE_ID', 'APPLE_APP_PASSWORD', 'APPLE_TEAM_ID']);
  const key = allOf(env, ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER']);
  if (!identity) {
    if (account || key) throw new Error('To notarise, set APPLE_SIGNING_IDENTITY as well.');
    return {};
  }
  const entitlements = join(import.meta.dirname, 'mac/entitlements.plist');
  return {
    osxSign: {
      identity,
      continueOnError: false,
      optionsForFile: () => ({ entitlements, hardenedRuntime: true }),
    },
    ...(key && {
      osxNotarize: { appleApiKey: key[0], appleApiKeyId: key[1], appleApiIssuer: key[2] },
    }),
    ...(!key &&
      account && {
        osxNotarize: { appleId: account[0], appleIdPassword: account[1], teamId: account[2] },
      }),
  };
}

function windowsSigning(env: Environment): Signing {
  const { windowsSign } = windowsSigningOptions(env);
  return windowsSign ? { windowsSign } : {};
}

/** For the packager and for Squirrel, whose own programs are signed as well. */
export function windowsSigningOptions(env: Environment): {
  windowsSign?: WindowsSigning;
} {
  const signWithParams = env['WINDOWS_SIGN_WITH_PARAMS'];
  if (signWithParams) return { windowsSign: { signWithParams } };
  const file = allOf(env, ['WINDOWS_CERTIFICATE_FILE', 'WINDOWS_CERTIFICATE_PASSWORD']);
  if (!file) return {};
  return { windowsSign: { certificateFile: file[0], certificatePassword: file[1] } };
}

/** The values of `names`; null when none is set. */
function allOf<const Names extends readonly string[]>(
  env: Environment,
  names: Names,
): { readonly [Index in keyof Names]: string } | null {
  const values = names.map((name) => env[name] || null);
  if (values.every((it) => it === null)) return null;
  const missing = names.filter((_, index) => values[index] === null);
  if (missing.length > 0) throw new Error(`To sign, set ${missing.join(' and ')} as well.`);
  return values as unknown as { readonly [Index in keyof Names]: string };
}
