import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { parley } from '../support/parley-process.ts';
import { realCaller } from '../support/real-caller.ts';
import { startTcp } from '../support/tcp-server.ts';

test('parley serve does not dial those who came by themselves, wherever they say they are', async () => {
  const bot = parley(['serve', '--name', 'Bot', '--port', '0', '--json']);
  const ready = JSON.parse(await bot.line(/"event":"ready"/)) as { readonly port: number };
  let dialled = 0;
  const target = await startTcp(
    createServer((socket) => {
      dialled += 1;
      socket.destroy();
    }),
  );
  for (let n = 0; n < 10; n += 1) {
    const caller = await realCaller(ready.port);
    await caller.link({ name: `Caller ${n}`, port: target.port });
    caller.channel.close(1000, 'bye');
    const gone = await bot.line(new RegExp(`"name":"Caller ${n}".*"phase":"offline"`));
    expect(JSON.parse(gone)).toMatchObject({ retryAt: null });
  }
  expect(dialled).toBe(0);
  await target.stop();
  await bot.stop();
});
