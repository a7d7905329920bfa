import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LaunchOptions, parseLaunchOptions } from '../../../../src/main/app/launch-options.ts';
import { addressOfLink } from '../../../../src/shared/address/parley-link.ts';

function options(...args: string[]): LaunchOptions {
  const parsed = parseLaunchOptions(args);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.options;
}

function refusal(...args: string[]): string {
  const parsed = parseLaunchOptions(args);
  return parsed.ok ? 'accepted' : parsed.reason;
}

describe('the desktop app’s launch options', () => {
  test('are empty when nothing was given', () => {
    expect(options('/path/to/app')).toEqual({
      profile: 'default',
      port: undefined,
      name: undefined,
      data: undefined,
      hidden: false,
      link: null,
      unknown: [],
    });
  });

  test('accept both spellings of a value', () => {
    const args = ['.', '--profile=work', '--port', '8081', '--name', 'Zoë B.', '--data=/tmp/x'];
    expect(options(...args)).toEqual({
      profile: 'work',
      port: 8081,
      name: 'Zoë B.',
      data: '/tmp/x',
      hidden: false,
      link: null,
      unknown: [],
    });
  });

  const LINK = 'parley://192.168.1.20:8080';

  test('accept a link at any position the system uses', () => {
    const ways = [
      [LINK],
      ['.', '--profile=work', LINK],
      ['--', LINK],
      ['--allow-file-access-from-files', LINK, '--original-process-start-time=13'],
      ['--no-sandbox', '--', 'PARLEY://192.168.1.20:8080/'],
      ['parley:nonsense', LINK, 'parley://other'],
    ];
    expect(ways.map((args) => options(...args).link)).toEqual(ways.map(() => LINK));
  });

  test('keep the identity pinned by an invite, and nothing else of a link', () => {
    const identity = '0123456789abcdef'.repeat(4);
    const asked = options(`parley://Example.org/path?port=1&send=hi#${identity}`);
    expect(asked.link).toBe(`parley://example.org:8080/#${identity}`);
  });

  test.each([
    'https://example.org',
    'parley:example.org',
    'parley://',
    'parley://user@example.org',
    'parley://example.org/#damaged',
    'parley-app://bundle/index.html',
    'parley://exa mple.org',
    'parley://\u0000',
    `parley://${'a'.repeat(3_000)}`,
  ])('ignore the link %j', (link) => {
    expect(options('--', link).link).toBeNull();
  });

  test('read nothing in or after a link as an option', () => {
    const given = options('--', `${LINK}`, '--data=/tmp/evil', '--profile', 'other', '--hidden');
    expect(given).toEqual({ ...options(), link: LINK });
    expect(options(`${LINK} --data=/tmp/evil`).data).toBeUndefined();
  });

  test('start without a window only with one exact option', () => {
    expect(options('--hidden', '--port', '1')).toMatchObject({ hidden: true, port: 1 });
    expect(options('hidden').hidden).toBe(false);
    expect(refusal('--hidden=no')).toBe('--hidden takes no value.');
  });

  test('pass Chromium’s and Electron’s own options through and report them', () => {
    const given = options('--no-sandbox', '--remote-debugging-port=0', '--port', '8081');
    expect(given.port).toBe(8081);
    expect(given.unknown).toEqual(['--no-sandbox', '--remote-debugging-port']);
  });

  test('accept a name with a leading dash when joined to its option', () => {
    expect(options('--name=--Ann').name).toBe('--Ann');
  });

  test.each([
    [['--port'], '--port needs a value after it.'],
    [['--port', '--name', 'Ann'], '--port needs a value after it.'],
    [['--name='], '--name needs a value after it.'],
    [['--port', '1', '--port', '2'], '--port was given twice.'],
    [['--port', '0'], '--port 0 is not a port: use a whole number from 1 to 65535.'],
    [['--port', '65536'], '--port 65536 is not a port: use a whole number from 1 to 65535.'],
    [['--port', '1e3'], '--port 1e3 is not a port: use a whole number from 1 to 65535.'],
  ])('refuse %j with a helpful sentence', (args, reason) => {
    expect(refusal(...args)).toBe(reason);
  });

  test.each(['..', '.', 'a/b', 'a\\b', 'C:', 'con', 'NUL', 'com1', ' ', 'x'.repeat(33), 'é', '-x'])(
    'refuse %j as a profile, because it is not a portable folder name',
    (profile) => {
      expect(refusal(`--profile=${profile}`)).toContain('is not a profile name');
    },
  );

  test('treat Work and work as one profile, as some file systems do', () => {
    expect(options('--profile', 'Work')).toEqual(options('--profile', 'work'));
  });

  test('never throw and never let a profile leave its folder', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constant('--profile'),
            fc.string().map((text) => `parley://${text}`),
          ),
        ),
        (args) => {
          const parsed = parseLaunchOptions(args);
          if (!parsed.ok) return;
          expect(parsed.options.profile).toMatch(/^[a-z0-9][a-z0-9_-]*$/);
          const { link } = parsed.options;
          if (link !== null) expect(addressOfLink(link)).toBe(link);
        },
      ),
    );
  });

  test('accept every valid port', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
        expect(options('--port', String(port)).port).toBe(port);
      }),
    );
  });
});
