import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GroupCommit } from '../../../../../src/core/storage/sqlite/group-commit.ts';
import { raise } from '../../../../../src/shared/problems/problem.ts';
import { FakeWorld } from '../../../../support/basics/fake-world.ts';
import { watchStatements } from '../../../../support/storage/statements.ts';

const storage = (reason: string) => ({ problem: { code: 'storage', params: { reason } } });

describe('concurrent operations', () => {
  let database: DatabaseSync;
  let group: GroupCommit;
  let world: FakeWorld;
  /** What operations took, milliseconds: work does not move the world's clock. */
  let taken = 0;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE t (value INTEGER UNIQUE) STRICT');
    taken = 0;
    world = new FakeWorld();
    group = new GroupCommit(database, {
      uptime: () => world.uptime() + taken,
      after: world.after,
    });
  });

  const add = (value: number) => database.prepare('INSERT INTO t VALUES (?)').run(value);
  const all = () =>
    database
      .prepare('SELECT value FROM t ORDER BY value')
      .all()
      .map((row) => row['value']);
  const countCommits = () => {
    const counted = { commits: 0 };
    watchStatements((sql) => {
      if (sql === 'COMMIT') counted.commits += 1;
    });
    return counted;
  };

  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('share one commit', async () => {
    const counted = countCommits();
    await Promise.all(Array.from({ length: 64 }, (_, n) => group.write(() => add(n))));
    expect(counted.commits).toBe(1);
    expect(all()).toHaveLength(64);
  });

  test('are spread over several commits when they are many, in call order', async () => {
    const counted = countCommits();
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => {
        await group.write(() => add(n));
        order.push(n);
      }),
    );
    expect(counted.commits).toBe(4);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('are spread over several commits when they write much, and small ones stay together', async () => {
    const counted = countCommits();
    const write = (n: number, bytes: number) => group.write(() => add(n), bytes);
    await Promise.all([1, 2, 3, 4, 5].map((n) => write(n, 64 * 1024)));
    expect(counted.commits).toBe(3);
    await Promise.all(Array.from({ length: 100 }, (_, n) => write(10 + n, 1_000)));
    expect(counted.commits).toBe(4);
  });

  test('are spread over several commits when they are slow', async () => {
    const counted = countCommits();
    const work = (n: number) => () => {
      taken += 300;
      add(n);
    };
    await Promise.all([group.write(work(1)), group.write(work(2))]);
    expect(counted.commits).toBe(2);
  });

  test('resolve only after the commit', async () => {
    let committed = false;
    watchStatements(
      () => {},
      (sql) => {
        if (sql === 'COMMIT') committed = true;
      },
    );
    const seen = await group.write(() => committed).then((during) => [during, committed]);
    expect(seen).toEqual([false, true]);
  });

  test('fail alone: a failed one is rolled back, the others are stored', async () => {
    const outcomes = await Promise.allSettled([
      group.write(() => add(1)),
      group.write(() => {
        add(2);
        add(1);
      }),
      group.write(() => {
        add(3);
        raise('unknown-contact');
      }),
      group.write(() => add(4)),
    ]);
    expect(outcomes.map((it) => it.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(outcomes[1]).toMatchObject({ reason: storage('a value does not fit.') });
    expect(outcomes[2]).toMatchObject({ reason: { problem: { code: 'unknown-contact' } } });
    expect(all()).toEqual([1, 4]);
  });

  test.each([
    ['COMMIT', 'the disk reported an error.'],
    ['BEGIN IMMEDIATE', 'the disk reported an error.'],
  ])('all fail when %s does, reads still answer, and later ones work', async (step, reason) => {
    await group.write(() => add(0));
    const spy = watchStatements((sql) => {
      if (sql === step) throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
    });
    const first = group.write(() => add(1));
    const read = group.read(all);
    const second = group.write(() => add(2));
    await expect(first).rejects.toMatchObject(storage(reason));
    await expect(second).rejects.toMatchObject(storage(reason));
    expect(await read).toEqual([0]);
    spy.mockRestore();
    await group.write(() => add(3));
    expect(await group.read(all)).toEqual([0, 3]);
  });

  test('read earlier writes and no later ones', async () => {
    const [, early, , late] = await Promise.all([
      group.write(() => add(1)),
      group.read(all),
      group.write(() => add(2)),
      group.read(all),
    ]);
    expect([early, late]).toEqual([[1], [1, 2]]);
  });

  test('need no savepoint when there is only one', async () => {
    await group.write(() => add(1));
    const failing = group.write(() => {
      add(2);
      add(1);
    });
    await expect(failing).rejects.toMatchObject(storage('a value does not fit.'));
    expect(all()).toEqual([1]);
  });

  test('come before maintenance, which waits for a pause', async () => {
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const maintained = group.maintenance(note('maintenance'));
    await group.write(note('a'));
    await world.advance(19);
    await group.write(note('b'));
    await world.advance(19);
    expect(order).toEqual(['a', 'b']);
    await world.advance(1);
    await maintained;
    expect(order).toEqual(['a', 'b', 'maintenance']);
    await group.maintenance(note('again'));
    expect(world.timers).toBe(0);
  });

  test('let maintenance in now and then when they never pause', async () => {
    const order: string[] = [];
    const note = (name: string) => () => {
      order.push(name);
      taken += 100;
    };
    const maintenance = [1, 2].map(() => group.maintenance(note('maintenance')));
    const writes = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => group.write(note(name)));
    await Promise.all([...writes, ...maintenance]);
    expect(order).toEqual(['a', 'b', 'c', 'maintenance', 'd', 'e', 'f', 'maintenance']);
  });

  test('that only read leave the event loop to others when they take long', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('others'));
    for (const step of ['first step', 'second step', 'third step']) {
      await group.read(() => {
        order.push(step);
        taken += 3;
      });
    }
    expect(order).toEqual(['first step', 'second step', 'others', 'third step']);
  });

  test('wait for the disk, unlike maintenance', async () => {
    const level = () => database.prepare('PRAGMA synchronous').get()?.['synchronous'];
    const [FULL, NORMAL] = [2, 1];
    const failing = group.maintenance(() => {
      add(1);
      raise('unknown-contact');
    });
    const failed = expect(failing).rejects.toMatchObject({ problem: { code: 'unknown-contact' } });
    const seen = Promise.all([group.write(level), group.maintenance(level), group.write(level)]);
    await world.advance(20);
    expect(await seen).toEqual([FULL, NORMAL, FULL]);
    await failed;
    expect(await group.read(level)).toBe(FULL);
    expect(all()).toEqual([]);
  });

  test('are committed before closing, while maintenance that has not begun is rejected', async () => {
    const written = group.write(() => add(1));
    const refused = group.maintenance(() => add(2));
    group.close();
    await written;
    await expect(refused).rejects.toMatchObject({ problem: { code: 'stopped' } });
    expect(all()).toEqual([1]);
  });

  test('an internal error in an operation is rethrown unchanged', async () => {
    const defect = new TypeError('defect');
    const failing = group.write(() => {
      throw defect;
    });
    await expect(failing).rejects.toBe(defect);
  });
});
