import { createServer, type Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { systemWorld } from '../../src/core/base/system-world.ts';
import { createListen } from '../../src/core/net/listen/server.ts';
import { DEFAULT_LIMITS } from '../../src/shared/model/limits.ts';
import { type Problem, ProblemError } from '../../src/shared/problems/problem.ts';
import { ask, cleanup } from './server-fixture.ts';

const listen = createListen({
  world: systemWorld,
  limits: DEFAULT_LIMITS,
  tls: null,
  machineNames: [],
  allowedHostNames: [],
  onUnexpected: () => {},
});

const handler = { admits: () => true, batchMain: () => ({}), onChannel: () => {} };

async function start(port: number, searchPort = false, host = '127.0.0.1') {
  const listener = await listen({ host, port, searchPort }, handler);
  cleanup(() => listener.close());
  return listener;
}

async function problemOf(attempt: Promise<unknown>): Promise<Problem> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It succeeded.');
}

/** Takes `count` ports in a row and returns the first. */
async function takeRow(count: number): Promise<number> {
  for (let first = 20_000 + Math.floor(Math.random() * 20_000); ; first += count) {
    const taken: Server[] = [];
    for (let port = first; port < first + count; port += 1) {
      const server = createServer();
      const free = await new Promise<boolean>((resolve) => {
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => resolve(true));
      });
      if (!free) break;
      taken.push(server);
    }
    const release = () =>
      Promise.all(taken.map((server) => new Promise((resolve) => server.close(resolve))));
    if (taken.length === count) {
      cleanup(release);
      return first;
    }
    await release();
  }
}

describe('a busy port', () => {
  test('that the user named is an error that names its owner', async () => {
    const { port } = await start(0);
    const problem = await problemOf(start(port));
    expect(problem.code).toBe('port-in-use');
    expect(problem.cause).toMatch(
      process.platform === 'linux'
        ? new RegExp(`^Port ${port} is already used by .+ \\(process ${process.pid}\\)\\.$`)
        : /is already used by another program\./,
    );
    expect(JSON.stringify(problem)).not.toContain('EADDRINUSE');
  });

  test('is skipped when it was only our default', async () => {
    const port = await takeRow(3);
    const listener = await start(port, true);
    expect(listener.port).toBeGreaterThanOrEqual(port + 3);
    expect(await ask(listener.port, { method: 'GET', path: '/' })).toMatchObject({ status: 404 });
  });

  test('is a problem when the next twenty are busy too', async () => {
    const port = await takeRow(20);
    expect(await problemOf(start(port, true))).toMatchObject({
      code: 'port-in-use',
      params: { port },
    });
  });

  test('can be taken once the other process has stopped', async () => {
    const first = await start(0);
    await first.close();
    expect((await start(first.port)).port).toBe(first.port);
  });
});

describe('an unusable listen address', () => {
  test.each([
    ['an address that is not ours', 0, '203.0.113.7', 'host-unavailable'],
    ['a port above 65535', 65_536, '127.0.0.1', 'port-invalid'],
    ['a negative port', -1, '127.0.0.1', 'port-invalid'],
    ['a fractional port', 80.5, '127.0.0.1', 'port-invalid'],
    ['a port that is not a number', Number.NaN, '127.0.0.1', 'port-invalid'],
  ])('(%s) is a problem with a readable reason', async (_, port, host, code) => {
    expect((await problemOf(start(port, false, host))).code).toBe(code);
  });
});
