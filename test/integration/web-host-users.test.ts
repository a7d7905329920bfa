import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { exchange } from '../support/browser/web-page.ts';
import { startHost } from './web-host-fixture.ts';

const run = promisify(execFile);
/** Nobody's: any user but ours will do. */
const OTHER = 65_534;
const asAnother = process.platform === 'linux' && process.getuid?.() === 0;

/** Uses `link` in a process of another user, as whoever saw it in a list of processes could. */
async function useAs(user: number, link: string): Promise<string> {
  const { origin, port, host, hash } = new URL(link);
  const script = `
    const { request } = require('node:http');
    const headers = { host: '${host}', origin: '${origin}' };
    const sent = request({ host: '127.0.0.1', port: ${port}, method: 'POST', path: '/session', headers });
    sent.on('response', (response) => {
      response.on('data', (chunk) => process.stdout.write(response.statusCode + ' ' + chunk));
    });
    sent.end(JSON.stringify({ secret: '${hash.slice(1)}' }));`;
  const { stdout } = await run(
    'setpriv',
    [`--reuid=${user}`, '--clear-groups', process.execPath, '-e', script],
    {
      cwd: '/',
      env: {},
    },
  );
  return stdout;
}

test.skipIf(!asAnother)(
  'a link that another user of this computer has seen is refused to them, and still works for ours',
  async () => {
    const { host, others } = await startHost();
    const link = host.newLink();
    expect(await useAs(OTHER, link)).toMatch(/^403 .*another user/);
    expect(others).toEqual([OTHER]);
    expect((await exchange(link)).status).toBe(200);
  },
);
