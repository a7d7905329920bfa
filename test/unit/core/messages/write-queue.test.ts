import { expect, test } from 'vitest';
import { WriteQueue } from '../../../../src/core/messages/write-queue.ts';

const LARGE = 64 * 1024;

/** Writes that end when the test says so. */
function disk() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const queue = new WriteQueue();
  const write = (contact: string, name: string, bytes: number) =>
    queue.run(contact, bytes, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, write, end };
}

test('large writes of all contacts run one at a time, in order, while small ones proceed', async () => {
  const { begun, write, end } = disk();
  for (const contact of ['a', 'b', 'c']) void write(contact, `${contact} large`, LARGE);
  for (const name of ['one', 'two']) void write('d', name, 100);
  expect(begun).toEqual(['a large', 'one', 'two']);
  await end('a large');
  await end('b large');
  expect(begun).toEqual(['a large', 'one', 'two', 'b large', 'c large']);
});

test('a write waits for an earlier large write of the same contact', async () => {
  const { begun, write, end } = disk();
  void write('a', 'large', LARGE);
  void write('a', 'small', 100);
  void write('a', 'large again', LARGE);
  expect(begun).toEqual(['large']);
  await end('large');
  await end('small');
  await end('large again');
  expect(begun).toEqual(['large', 'small', 'large again']);
});
