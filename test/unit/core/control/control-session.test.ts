import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_GREETING, MAX_REQUEST } from '../../../../src/core/control/control-protocol.ts';
import { raise } from '../../../../src/shared/problems/problem.ts';
import { controlFixture, RawClient } from '../../../support/peers/control-fixture.ts';

const BAD_INPUT = { id: null, outcome: { ok: false, problem: { code: 'bad-input' } } };

describe('a client of the control endpoint', () => {
  test('gets the result of its command, or its error', async () => {
    const { dataDir } = await controlFixture({
      handlers: { connect: async () => raise('own-address', { address: 'here' }) },
    });
    const client = await RawClient.greet(dataDir);
    expect(await client.ask(7, 'snapshot')).toMatchObject({
      id: 7,
      outcome: { ok: true, value: { self: { name: 'Alice' } } },
    });
    expect(await client.ask(8, 'connect', { address: 'here:1' })).toMatchObject({
      id: 8,
      outcome: { ok: false, problem: { code: 'own-address' } },
    });
  });

  test('gets an error for an unknown command, and may continue', async () => {
    const { dataDir, unexpected } = await controlFixture();
    const client = await RawClient.greet(dataDir);
    for (const name of ['nonsense', '__proto__', 'subscribe']) {
      expect(await client.ask(1, name)).toMatchObject({
        id: 1,
        outcome: { ok: false, problem: { code: 'bad-input' } },
      });
    }
    expect(await client.ask(2, 'snapshot')).toMatchObject({ id: 2, outcome: { ok: true } });
    expect(unexpected).toEqual([]);
  });

  test('gets two answers to the same request sent twice', async () => {
    let calls = 0;
    const retry = async () => {
      calls += 1;
      return null;
    };
    const { dataDir } = await controlFixture({ handlers: { retry } });
    const client = await RawClient.greet(dataDir);
    const input = { contactId: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f' };
    const line = JSON.stringify({ id: 1, do: 'command', name: 'retry', input });
    client.write(`${line}\n${line}\n`);
    expect(await client.answer()).toEqual({ id: 1, outcome: { ok: true, value: null } });
    expect(await client.answer()).toEqual({ id: 1, outcome: { ok: true, value: null } });
    expect(calls).toBe(2);
  });

  test('receives events until it unsubscribes', async () => {
    const { dataDir, publish, subscribers } = await controlFixture();
    const client = await RawClient.greet(dataDir);
    client.send({ id: 1, do: 'subscribe', afterSeq: 0 });
    expect(await client.ask(2, 'snapshot')).toMatchObject({ id: 2 });
    publish({ type: 'conversation-removed', contactId: 'bob', mergedInto: null });
    expect(await client.answer()).toMatchObject({
      id: 1,
      batch: { type: 'events', events: [{ seq: 1, event: { contactId: 'bob' } }] },
    });
    client.send({ id: 1, do: 'unsubscribe' });
    expect(await client.ask(3, 'snapshot')).toMatchObject({ id: 3 });
    expect(subscribers()).toBe(0);
  });

  test('receives each event once when it subscribes twice under one number', async () => {
    const { dataDir, publish, subscribers } = await controlFixture();
    const client = await RawClient.greet(dataDir);
    client.send({ id: 1, do: 'subscribe', afterSeq: 0 });
    client.send({ id: 1, do: 'subscribe', afterSeq: 0 });
    await client.ask(2, 'snapshot');
    expect(subscribers()).toBe(1);
    publish({ type: 'conversation-removed', contactId: 'bob', mergedInto: null });
    expect(await client.answer()).toMatchObject({ id: 1 });
    expect(await client.ask(3, 'snapshot')).toMatchObject({ id: 3 });
  });

  test('that disconnects during a call leaves nothing behind', async () => {
    const asked = Promise.withResolvers<void>();
    const reply = Promise.withResolvers<null>();
    const retry = () => {
      asked.resolve();
      return reply.promise;
    };
    const { dataDir, control, subscribers, unexpected } = await controlFixture({
      handlers: { retry },
    });
    const client = await RawClient.greet(dataDir);
    const input = { contactId: '017f22e2-79b0-7cc3-98c4-dc0c0c07398f' };
    client.send({ id: 1, do: 'subscribe', afterSeq: 0 });
    client.send({ id: 2, do: 'command', name: 'retry', input });
    await asked.promise;
    client.socket.destroy();
    await control.idle();
    expect(subscribers()).toBe(0);
    reply.resolve(null);
    const next = await RawClient.greet(dataDir);
    expect(await next.ask(3, 'snapshot')).toMatchObject({ outcome: { ok: true } });
    expect(unexpected).toEqual([]);
  });

  test('may continue after an import that failed while more of it was arriving', async () => {
    const { dataDir } = await controlFixture({
      transfer: { importAll: async () => raise('import-newer', { version: 2 }) },
    });
    const client = await RawClient.greet(dataDir);
    client.send({ id: 1, do: 'import' });
    for (const piece of ['one', 'two', 'three']) client.send({ chunk: piece });
    client.send({ end: true });
    expect(await client.answer()).toMatchObject({
      id: 1,
      outcome: { ok: false, problem: { code: 'import-newer' } },
    });
    expect(await client.ask(2, 'snapshot')).toMatchObject({ id: 2, outcome: { ok: true } });
  });

  test('is refused with a reason above the limit of clients', async () => {
    const { dataDir } = await controlFixture({ maxClients: 1 });
    const first = await RawClient.greet(dataDir);
    const second = await RawClient.greet(dataDir);
    expect(await second.answer()).toMatchObject({
      id: null,
      outcome: { ok: false, problem: { code: 'over-limit' } },
    });
    expect(await second.hungUp()).toBe(true);
    expect(await first.ask(1, 'snapshot')).toMatchObject({ outcome: { ok: true } });
  });
});

describe('a line that is not a request', () => {
  const notRequests = fc.oneof(
    fc.string().map((text) => text.replaceAll('\n', ' ')),
    fc.json(),
    fc.record({ id: fc.integer(), do: fc.string() }).map((value) => JSON.stringify(value)),
    fc.constant('{"id":1.5,"do":"export"}'),
    fc.constant('{"id":1,"do":"subscribe"}'),
    fc.constant('[1,"command"]'),
  );

  test('ends the connection, and nothing after it is run', async () => {
    let calls = 0;
    const snapshot = async () => {
      calls += 1;
      return raise('internal');
    };
    const { dataDir, unexpected } = await controlFixture({ handlers: { snapshot } });
    await fc.assert(
      fc.asyncProperty(notRequests, async (line) => {
        const client = await RawClient.greet(dataDir);
        const command = { id: 1, do: 'command', name: 'snapshot', input: {} };
        client.write(`${line}\n${JSON.stringify(command)}\n`);
        expect(await client.answer()).toMatchObject(BAD_INPUT);
        expect(await client.hungUp()).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(calls).toBe(0);
    expect(unexpected).toEqual([]);
  });

  test('is refused before it is complete when it is too long', async () => {
    const { dataDir, unexpected } = await controlFixture();
    const client = await RawClient.greet(dataDir);
    client.write('x'.repeat(MAX_REQUEST + 1));
    expect(await client.answer()).toMatchObject({
      id: null,
      outcome: { ok: false, problem: { code: 'over-limit' } },
    });
    expect(await client.hungUp()).toBe(true);
    expect(unexpected).toEqual([]);
  });

  test('may be as long as the limit', async () => {
    const { dataDir } = await controlFixture();
    const client = await RawClient.greet(dataDir);
    const command = JSON.stringify({ id: 1, do: 'command', name: 'snapshot', input: {} });
    client.write(`${command.padEnd(MAX_REQUEST)}\n`);
    expect(await client.answer()).toMatchObject({ id: 1, outcome: { ok: true } });
  });
});

describe('a client without the secret', () => {
  test.each([
    ['sends nothing useful', 'hello\n'],
    ['sends a request at once', '{"id":1,"do":"command","name":"snapshot","input":{}}\n'],
    ['sends without end', 'x'.repeat(MAX_GREETING + 1)],
    ['disconnects early', '{"parley":1,'],
  ])('%s and learns nothing', async (_, text) => {
    const { dataDir } = await controlFixture();
    const client = await RawClient.connect(dataDir);
    client.write(text);
    client.socket.end();
    const said = (await client.line()) ?? '';
    expect(said).not.toContain('Alice');
  });

  test('is not served when it guesses a proof', async () => {
    const { dataDir } = await controlFixture();
    const client = await RawClient.connect(dataDir);
    client.send({ parley: 1, nonce: 'a'.repeat(32) });
    expect(JSON.parse((await client.line()) ?? '')).toMatchObject({ parley: 1 });
    client.send({ proof: 'ab'.repeat(32) });
    client.send({ id: 1, do: 'command', name: 'snapshot', input: {} });
    expect(await client.hungUp()).toBe(true);
  });

  test('is not served when it replays a proof', async () => {
    const { dataDir } = await controlFixture();
    const nonce = 'a'.repeat(32);
    const heard = await RawClient.connect(dataDir);
    heard.send({ parley: 1, nonce });
    const first = JSON.parse((await heard.line()) ?? '') as { proof: string; nonce: string };
    const client = await RawClient.connect(dataDir);
    client.send({ parley: 1, nonce });
    const second = JSON.parse((await client.line()) ?? '') as { proof: string; nonce: string };
    expect(second.nonce).not.toBe(first.nonce);
    client.send({ proof: first.proof });
    expect(await client.hungUp()).toBe(true);
  });
});
