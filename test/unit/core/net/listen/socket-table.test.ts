import { expect, test } from 'vitest';
import { socketsAtPort } from '../../../../../src/core/net/listen/socket-table.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const line = (local: string, remote: string, state = '01') =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 77 1 0000000000000000 20 4 30 10 -1`;

const tables =
  (four: readonly string[], six: readonly string[] = []) =>
  async (path: string) =>
    [HEAD, ...(path.endsWith('6') ? six : four)].join('\n');

test('the sockets of a port are those whose own port it is, of any address and both families', async () => {
  const read = tables(
    [
      line('0100007F:1F90', '0100007F:ABCD'),
      line('0100007F:ABCD', '0100007F:1F90'),
      line('00000000:1F90', '00000000:0000', '0A'),
      line('0100007F:1F91', '0100007F:ABCE'),
    ],
    [line('00000000000000000000000001000000:1F90', '00000000000000000000000001000000:0001')],
  );
  const shown = (await socketsAtPort(0x1f90, read)).map(({ remotePort, state }) => [
    remotePort,
    state,
  ]);
  expect(shown).toEqual([
    [0xabcd, '01'],
    [0, '0A'],
    [1, '01'],
  ]);
});

test('a socket is read with its state, user and inode', async () => {
  const [socket] = await socketsAtPort(80, tables([line('0100007F:0050', '0100007F:ABCD')]));
  expect(socket).toEqual({
    localPort: 80,
    remotePort: 0xabcd,
    state: '01',
    user: 1_000,
    inode: '77',
  });
});

test('a connection of a port with itself is one socket', async () => {
  const read = tables([line('0100007F:1F90', '0100007F:1F90')]);
  expect(await socketsAtPort(0x1f90, read)).toHaveLength(1);
});

test('a system without the tables has no sockets to show', async () => {
  const read = async () => Promise.reject(new Error('ENOENT'));
  expect(await socketsAtPort(80, read)).toEqual([]);
});
