import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, replacedPort } from '../../../../src/shared/model/settings.ts';

const self = (port: number, listened: number | null) => ({
  settings: { ...DEFAULT_SETTINGS, name: 'Alice', port },
  listening: listened === null ? null : { host: '127.0.0.1', port: listened },
});

test.each([
  ['the configured port is listened on', 8080, 8080, null],
  ['another port is listened on', 8080, 8082, 8080],
  ['any free port was asked for', 0, 8082, null],
  ['nothing is listened on', 8080, null, null],
] as const)('the replaced port, when %s', (_, port, listened, expected) => {
  expect(replacedPort(self(port, listened))).toBe(expected);
});
