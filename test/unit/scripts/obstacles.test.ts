import { describe, expect, test } from 'vitest';
import { crashOf, isCrash, type Machine, obstacleFor } from '../../../scripts/obstacles.ts';

const DESKTOP: Machine = {
  platform: 'linux',
  env: { WAYLAND_DISPLAY: 'wayland-0' },
  uid: 1000,
  hasNamespaces: true,
  hasSandboxHelper: false,
  sandboxHelper: '/p/dist/chrome-sandbox',
};

describe('the obstacle to starting Electron', () => {
  test('is none on an ordinary desktop', () => {
    expect(obstacleFor([], DESKTOP)).toBeNull();
    expect(obstacleFor([], { ...DESKTOP, env: { DISPLAY: ':0' } })).toBeNull();
    expect(obstacleFor([], { ...DESKTOP, env: {}, platform: 'darwin' })).toBeNull();
  });

  test('is a missing display', () => {
    expect(obstacleFor([], { ...DESKTOP, env: {} })?.cause).toContain('no display');
  });

  test('is the root user, who gets no sandbox', () => {
    expect(obstacleFor([], { ...DESKTOP, uid: 0 })?.next).toContain('--no-sandbox');
    expect(obstacleFor(['--no-sandbox'], { ...DESKTOP, uid: 0 })).toBeNull();
  });

  // They may still be allowed to this very program.
  test('is not a general ban on user namespaces', () => {
    expect(obstacleFor([], { ...DESKTOP, hasNamespaces: false })).toBeNull();
  });
});

describe('the diagnosis of an Electron that crashed', () => {
  const ubuntu = { ...DESKTOP, hasNamespaces: false };

  test('is AppArmor, as on Ubuntu since 24.04, with its remedy, and not libraries', () => {
    const { cause, next } = crashOf(133, ubuntu);
    expect(cause).toContain('AppArmor');
    expect(next).toContain("sudo chmod 4755 '/p/dist/chrome-sandbox'");
  });

  test.each([
    ['its sandbox has its helper', 133, { ...ubuntu, hasSandboxHelper: true }],
    ['namespaces are allowed', 133, DESKTOP],
    ['it could not be started', 127, ubuntu],
  ])('is missing libraries when %s', (_name, code, machine) => {
    expect(crashOf(code, machine).next).toContain('system libraries');
  });
});

describe('an Electron that exits at once', () => {
  test.each([127, 132, 133, 134, 137, 139, 0xc0000135])('has crashed with exit code %i', (code) => {
    expect(isCrash(code)).toBe(true);
  });

  // Bad options, "could not start", Ctrl-C, being asked to end: the browser would be no help.
  test.each([0, 1, 2, 129, 130, 143])('has not crashed with exit code %i', (code) => {
    expect(isCrash(code)).toBe(false);
  });
});
