import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { InboundConnection } from '../../../../../src/core/net/listen/inbound-connection.ts';
import { FairScheduler } from '../../../../../src/core/net/scheduling/fair-scheduler.ts';
import type { Job } from '../../../../../src/core/net/scheduling/job.ts';
import { DEFAULT_LIMITS as limits } from '../../../../../src/shared/model/limits.ts';

/** What the flow of a connection is charged for the first slice of these bytes. */
async function chargeOf(bytes: string): Promise<number> {
  const scheduler = new FairScheduler({ limits, uptime: () => 0, defer: setImmediate });
  const offered = Promise.withResolvers<Job>();
  const queue = scheduler.openQueue('somewhere', null, () => {});
  queue.offer = offered.resolve;
  scheduler.openQueue = () => queue;
  const raw = Object.assign(new PassThrough(), { setTimeout: () => {} });
  const inbound = new InboundConnection(raw as never, 'somewhere', { limits, scheduler });
  inbound.requests.resume();
  raw.write(bytes);
  const charge = (await offered.promise).step();
  raw.destroy();
  await once(raw, 'close');
  return charge;
}

test('HTTP bytes are charged by the chunks of a body as well as by their number', async () => {
  const { requestSliceBytes } = limits;
  expect(await chargeOf('a'.repeat(requestSliceBytes))).toBe(1);
  // Each piece costs some two microseconds, a microsecond of a turn is charged as one.
  const piece = '1\r\na\r\n';
  const pieces = requestSliceBytes / piece.length;
  expect(await chargeOf(piece.repeat(pieces))).toBeGreaterThanOrEqual(Math.floor(2 * pieces) - 2);
});
