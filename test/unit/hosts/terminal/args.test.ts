import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readArguments, readDestination } from '../../../../src/hosts/terminal/args.ts';
import { UsageError } from '../../../../src/hosts/usage-error.ts';
import { ProblemError } from '../../../../src/shared/problems/problem.ts';

const SPEC = {
  name: { type: 'string' },
  port: { type: 'string' },
  wait: { type: 'string' },
  host: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

const read = (...args: string[]) => readArguments(args, SPEC, []);

describe('options', () => {
  test('are read in any order and form', () => {
    const args = readArguments(['--name=Ann', 'a:1', '--json', '--port', '81', 'Hi'], SPEC, [
      'ADDRESS',
      'TEXT',
    ]);
    expect(args.positionals).toEqual(['a:1', 'Hi']);
    expect(args.text('name')).toBe('Ann');
    expect(args.port('port')).toBe(81);
    expect(args.flag('json')).toBe(true);
    expect(args.text('wait')).toBeUndefined();
  });

  test('may be repeated', () => {
    expect(read('--host', 'a', '--host', 'b').all('host')).toEqual(['a', 'b']);
  });

  test.each([
    ['--nope', 'There is no option --nope.'],
    ['-x', 'There is no option -x.'],
    ['--name', '--name needs a value.'],
    ['--json=1', '--json takes no value.'],
    ['--constructor', 'There is no option --constructor.'],
  ])('%s is refused with a sentence', (arg, sentence) => {
    expect(() => read(arg)).toThrow(new UsageError(sentence));
  });

  test('do not take the next option as a value, unless a dash is meant', () => {
    expect(() => read('--name', '--json')).toThrow('--name needs a value.');
    expect(read('--name=--json').text('name')).toBe('--json');
    expect(readArguments(['-'], SPEC, ['TEXT']).positionals).toEqual(['-']);
    expect(readArguments(['--', '--json'], SPEC, ['TEXT']).positionals).toEqual(['--json']);
  });

  test('report a missing or an extra argument', () => {
    expect(() => readArguments([], SPEC, ['ADDRESS'])).toThrow('ADDRESS is missing.');
    expect(() => readArguments(['a', 'b c'], SPEC, ['ADDRESS'])).toThrow('"b c" is one argument');
  });

  test('any command line is parsed or refused, and nothing else is thrown', () => {
    const arg = fc.oneof(
      fc.string(),
      fc.constantFrom('--name', '--json', '--port', '--', '-', '--name=x', '-j'),
    );
    fc.assert(
      fc.property(fc.array(arg, { maxLength: 6 }), (args) => {
        try {
          const parsed = readArguments(args, SPEC, ['ADDRESS']);
          parsed.port('port');
          parsed.seconds('wait', 1);
        } catch (error) {
          expect(error instanceof UsageError || error instanceof ProblemError).toBe(true);
        }
      }),
    );
  });
});

test('ports are whole numbers from 0 to 65535', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), (port) => {
      expect(read('--port', `${port}`).port('port')).toBe(port);
    }),
  );
  for (const text of ['65536', '1.5', '0x50', '1e3', 'http', ' 80']) {
    expect(() => read(`--port=${text}`).port('port')).toThrow('is not a port');
  }
});

test('seconds may have a fraction', () => {
  expect(read('--wait', '1.5').seconds('wait', 0)).toBe(1_500);
  expect(read().seconds('wait', 7)).toBe(7);
  for (const text of ['0', '1s', '90000', '.']) {
    expect(() => read(`--wait=${text}`).seconds('wait', 0)).toThrow('--wait takes seconds');
  }
});

test('an invalid address is a problem with its reason', () => {
  expect(readDestination('127.0.0.1:81')).toMatchObject({
    address: { host: '127.0.0.1', port: 81 },
    identity: null,
  });
  expect(() => readDestination('ftp://x')).toThrow(ProblemError);
});
