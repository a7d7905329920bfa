import { EventEmitter } from 'node:events';
import type { Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { bindPort } from '../../../../../src/core/net/listen/bind-port.ts';
import { createPortOwner, type ProcFiles } from '../../../../../src/core/net/listen/port-owner.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 777 1 0
   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 778 1 0
   2: 0100007F:1F91 0100007F:D432 01 00000000:00000000 00:00000000 00000000  1000        0 779 1 0
`;

function fakeProc(files: Record<string, string | string[]>): ProcFiles {
  const get = async (path: string) => {
    const file = files[path];
    if (file === undefined) throw new Error(`EACCES: ${path}`);
    return file;
  };
  return {
    read: async (path) => String(await get(path)),
    list: async (path) => [await get(path)].flat(),
    link: async (path) => String(await get(path)),
  };
}

const proc = {
  '/proc/net/tcp': TABLE,
  '/proc': ['net', '1', '42', 'self'],
  '/proc/42/fd': ['0', '17'],
  '/proc/42/fd/0': '/dev/null',
  '/proc/42/fd/17': 'socket:[777]',
  '/proc/42/comm': 'nginx\n',
};

describe('the process that owns a port', () => {
  test('is named when the system reports it', async () => {
    expect(await createPortOwner(fakeProc(proc))(8080)).toBe('nginx (process 42)');
  });

  test.each([
    ['/usr/sbin/nginx\0-g\0daemon off;\0', 'nginx (process 42)'],
    ['/usr/bin/node\0server.js\0', 'node (process 42)'],
    ['node\0/opt/parley/out/main/parley.js\0web\0', 'another copy of Parley (process 42)'],
    ['/opt/Parley/parley\0', 'another copy of Parley (process 42)'],
  ])('is shown by its usual name: %j', async (commandLine, name) => {
    const renamed = { ...proc, '/proc/42/comm': 'MainThread\n', '/proc/42/cmdline': commandLine };
    expect(await createPortOwner(fakeProc(renamed))(8080)).toBe(name);
  });

  test('is found in the IPv6 table as well', async () => {
    const { '/proc/net/tcp': tcp6, ...rest } = proc;
    const files = fakeProc({ ...rest, '/proc/net/tcp6': tcp6 });
    expect(await createPortOwner(files)(8080)).toBe('nginx (process 42)');
  });

  test.each([
    ['no process listens there', 8081, proc],
    ['the process is another user’s', 8080, { ...proc, '/proc/42/fd': [] }],
    ['the system has no /proc', 8080, {}],
  ])('is "another program" when %s', async (_, port, files) => {
    expect(await createPortOwner(fakeProc(files))(port)).toBe('another program');
  });
});

/** A server whose every attempt to listen fails with `code`. */
function failingServer(code: string, attempts: number[]): Server {
  const server = new EventEmitter();
  return Object.assign(server, {
    listen: ({ port }: { port: number }) => {
      attempts.push(port);
      server.emit('error', Object.assign(new Error(code), { code }));
    },
  }) as unknown as Server;
}

describe('the search for a free port', () => {
  const owner = async (port: number) => `the program on ${port}`;

  test('ends at once when listening is not permitted', async () => {
    const attempts: number[] = [];
    const options = { host: '0.0.0.0', port: 80, searchPort: true };
    await expect(bindPort(failingServer('EACCES', attempts), options, owner)).rejects.toThrow(
      'This user may not listen on port 80. Choose a port above 1023.',
    );
    expect(attempts).toEqual([80]);
  });

  test.each(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'])(
    'ends at once when the host is not ours (%s)',
    async (code) => {
      const attempts: number[] = [];
      const options = { host: 'elsewhere', port: 8080, searchPort: true };
      await expect(bindPort(failingServer(code, attempts), options, owner)).rejects.toThrow(
        'This computer has no network address elsewhere.',
      );
      expect(attempts).toEqual([8080]);
    },
  );

  test('does not go past the last port', async () => {
    const attempts: number[] = [];
    const options = { host: '0.0.0.0', port: 65_534, searchPort: true };
    await expect(bindPort(failingServer('EADDRINUSE', attempts), options, owner)).rejects.toThrow(
      'Port 65534 is already used by the program on 65534.',
    );
    expect(attempts).toEqual([65_534, 65_535]);
  });

  test('tries only the port that the user named', async () => {
    const attempts: number[] = [];
    const options = { host: '0.0.0.0', port: 8080, searchPort: false };
    await expect(bindPort(failingServer('EADDRINUSE', attempts), options, owner)).rejects.toThrow();
    expect(attempts).toEqual([8080]);
  });
});
