import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import {
  createReleaseCoalescer,
  isRelease,
} from '../../../../../src/core/net/websocket/release-coalescer.ts';
import { coalesceWrites } from '../../../../../src/core/net/websocket/write-coalescing.ts';
import { FakeWorld } from '../../../../support/basics/fake-world.ts';

test('only release messages are buffered', () => {
  expect(isRelease(['release', 1, 1])).toBe(true);
  for (const message of [
    ['push', []],
    ['pull', 1],
    ['resolve', 1, 'release'],
    'release',
    null,
    [],
  ]) {
    expect(isRelease(message)).toBe(false);
  }
});

test('buffered releases leave in order with the next message', async () => {
  const world = new FakeWorld();
  const sent: string[] = [];
  const releases = createReleaseCoalescer(world, (texts) => sent.push(...texts));
  releases.add('a');
  releases.add('b');
  sent.push(...releases.drain(), 'c');
  await world.advance(1_000);
  expect(sent).toEqual(['a', 'b', 'c']);
});

test('buffered releases leave soon if no message follows', async () => {
  const world = new FakeWorld();
  const sent: string[] = [];
  const releases = createReleaseCoalescer(world, (texts) => sent.push(...texts));
  releases.add('a');
  await world.advance(20);
  expect(sent).toEqual(['a']);
  releases.add('b');
  await world.advance(20);
  expect(sent).toEqual(['a', 'b']);
});

test('frames written in one tick leave in one write, and none is left behind', async () => {
  const pieces: string[] = [];
  const stream = new Writable({
    writev: (chunks, done) => {
      pieces.push(chunks.map(({ chunk }) => String(chunk)).join(''));
      done();
    },
  });
  const cork = coalesceWrites(stream);
  for (const text of ['one', 'two', 'three']) {
    cork();
    stream.write(text);
  }
  expect(pieces).toEqual([]);
  await new Promise(process.nextTick);
  expect(pieces).toEqual(['onetwothree']);
  cork();
  stream.write('four');
  await new Promise(process.nextTick);
  expect(pieces).toEqual(['onetwothree', 'four']);
});
