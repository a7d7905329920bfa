import { expect, test } from 'vitest';
import { Pushes } from '../../../../src/main/ipc/pushes.ts';
import { eachEvent } from '../../../../src/shared/bridge/channel.ts';

test('events come to every page that listens, numbered, until it stops', () => {
  const pushes = new Pushes<string>();
  const [one, other]: [unknown[], unknown[]] = [[], []];
  const stop = pushes.subscribe(0, (batch) => one.push(batch));
  eachEvent(pushes, (event) => other.push(event));
  pushes.tell('first');
  stop();
  pushes.ask('second');
  expect(one).toEqual([{ type: 'events', events: [{ seq: 1, event: 'first' }] }]);
  expect(other).toEqual(['first', 'second']);
});

test('what is asked for while no page listens waits for one: the last only, and once', () => {
  const pushes = new Pushes<string>();
  pushes.ask('settings');
  pushes.ask('connect');
  pushes.tell('a state');
  const heard: string[] = [];
  eachEvent(pushes, (event) => heard.push(event))();
  eachEvent(pushes, (event) => heard.push(event))();
  expect(heard).toEqual(['connect']);
  pushes.ask('another');
  eachEvent(pushes, (event) => heard.push(event));
  expect(heard).toEqual(['connect', 'another']);
});
