import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { signingFrom } from '../../../packaging/signing.ts';

const MAC = { APPLE_SIGNING_IDENTITY: 'Developer ID Application: Somebody' };
const ACCOUNT = { APPLE_ID: 'a@b.c', APPLE_APP_PASSWORD: 'secret', APPLE_TEAM_ID: 'TEAM' };
const KEY = { APPLE_API_KEY: 'key.p8', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' };

describe('signing', () => {
  test('signs nothing without settings, empty secrets of a fork included', () => {
    expect(signingFrom({})).toEqual({});
    expect(signingFrom({ APPLE_SIGNING_IDENTITY: '', APPLE_ID: '', APPLE_TEAM_ID: '' })).toEqual(
      {},
    );
  });

  test('signs a Mac app with the hardened runtime and our entitlements, or fails the build', () => {
    const { osxSign, osxNotarize } = signingFrom(MAC);
    if (typeof osxSign !== 'object') throw new Error('It is not signed.');
    expect(osxSign).toMatchObject({ identity: MAC.APPLE_SIGNING_IDENTITY, continueOnError: false });
    const { entitlements, hardenedRuntime } = osxSign.optionsForFile?.('any', {} as never) ?? {};
    expect(hardenedRuntime).toBe(true);
    const text = readFileSync(String(entitlements), 'utf8');
    expect([...text.matchAll(/<key>(.+)<\/key>\s*<true\/>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.network.client',
      'com.apple.security.network.server',
    ]);
    expect(osxNotarize).toBeUndefined();
  });

  test('notarises a Mac app with an account or a key', () => {
    expect(signingFrom({ ...MAC, ...ACCOUNT }).osxNotarize).toEqual({
      appleId: 'a@b.c',
      appleIdPassword: 'secret',
      teamId: 'TEAM',
    });
    expect(signingFrom({ ...MAC, ...KEY }).osxNotarize).toEqual({
      appleApiKey: 'key.p8',
      appleApiKeyId: 'id',
      appleApiIssuer: 'issuer',
    });
  });

  test('signs a Windows app with a certificate or signtool’s parameters', () => {
    const file = { WINDOWS_CERTIFICATE_FILE: 'c.pfx', WINDOWS_CERTIFICATE_PASSWORD: 'secret' };
    expect(signingFrom(file)).toEqual({
      windowsSign: { certificateFile: 'c.pfx', certificatePassword: 'secret' },
    });
    expect(signingFrom({ WINDOWS_SIGN_WITH_PARAMS: '/a /fd sha256' })).toEqual({
      windowsSign: { signWithParams: '/a /fd sha256' },
    });
  });

  test.each([
    [{ ...ACCOUNT }, 'APPLE_SIGNING_IDENTITY'],
    [{ ...MAC, APPLE_ID: 'a@b.c' }, 'APPLE_APP_PASSWORD and APPLE_TEAM_ID'],
    [{ WINDOWS_CERTIFICATE_FILE: 'c.pfx' }, 'WINDOWS_CERTIFICATE_PASSWORD'],
  ])('stops the release on incomplete settings, and names the missing ones', (env, missing) => {
    expect(() => signingFrom(env)).toThrow(missing);
  });
});
