import { describe, expect, test } from 'vitest';
import { otherUser, type UserSystem } from '../../../../src/hosts/web/caller-user.ts';

const [OURS, THEIRS] = [1000, 1001];
const ENDS = { remotePort: 0xabcd, localPort: 0x1f90 };

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
/** A line of the kernel's table. */
const line = (local: string, remote: string, user: number, inode = 77) =>
  `   0: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000  ${user}        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
const ITS_END = ['0100007F:ABCD', '0100007F:1F90'] as const;
const OUR_END = ['0100007F:1F90', '0100007F:ABCD'] as const;

function system(four: readonly string[], changes: Partial<UserSystem> = {}): UserSystem {
  const tables: Readonly<Record<string, string>> = { '/proc/net/tcp': [HEAD, ...four].join('\n') };
  const read = async (path: string) => tables[path] ?? HEAD;
  return { platform: 'linux', user: OURS, behind: undefined, read, ...changes };
}

describe('the user behind a connection', () => {
  test.each([
    ['of our own user', [line(...OUR_END, OURS), line(...ITS_END, OURS)], null],
    ['of the administrator', [line(...ITS_END, 0)], null],
    ['of another user', [line(...OUR_END, OURS), line(...ITS_END, THEIRS)], THEIRS],
    ['of a user who has closed it', [line(...ITS_END, 0, 0)], -1],
    [
      'with the ports of another user’s',
      [line(...ITS_END, OURS), line('0200007F:ABCD', '0100007F:1F90', THEIRS)],
      THEIRS,
    ],
    ['that is not in the table', [line('0100007F:ABCE', '0100007F:1F90', THEIRS)], null],
  ])('(%s) is looked up in the kernel’s table', async (_, table, expected) => {
    expect(await otherUser(ENDS, system(table))).toBe(expected);
  });

  test('may be the user who started us with sudo', async () => {
    const table = [line(...ITS_END, THEIRS)];
    expect(await otherUser(ENDS, system(table, { user: 0, behind: String(THEIRS) }))).toBeNull();
    expect(await otherUser(ENDS, system(table, { user: 0, behind: '1002' }))).toBe(THEIRS);
    expect(await otherUser(ENDS, system(table, { behind: String(THEIRS) }))).toBe(THEIRS);
  });

  test('is unknown on a system without such a table', async () => {
    const read = () => Promise.reject(new Error('no such file'));
    expect(await otherUser(ENDS, system([], { read }))).toBeNull();
    expect(
      await otherUser(ENDS, system([line(...ITS_END, THEIRS)], { platform: 'darwin' })),
    ).toBeNull();
  });
});
