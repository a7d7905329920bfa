import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Access } from '../../../../src/hosts/web/access.ts';

function access() {
  const clock = { now: 0 };
  const subject = new Access({
    randomBytes: (count) => randomBytes(count),
    uptime: () => clock.now,
  });
  const admit = (cookie?: string) => {
    const admission = subject.admit(subject.newSecret(), cookie);
    if (admission.type !== 'admitted') throw new Error(admission.type);
    return admission.keys;
  };
  return { subject, admit, clock };
}

test('a secret works once', () => {
  const { subject } = access();
  const secret = subject.newSecret();
  expect(subject.admit(secret, undefined).type).toBe('admitted');
  expect(subject.admit(secret, undefined).type).toBe('refused');
});

test('before a secret is issued, none is valid', () => {
  expect(access().subject.admit('', undefined).type).toBe('refused');
});

test('the halves of two sessions do not make a third', () => {
  const { subject, admit } = access();
  const [one, two] = [admit(), admit()];
  expect(subject.isSession(one.token, one.cookie)).toBe('yes');
  expect(subject.isSession(one.token, two.cookie)).toBe('no');
  expect(subject.isSession(two.token, one.cookie)).toBe('no');
  expect(subject.isSession(one.cookie, one.token)).toBe('no');
  expect(subject.isSession(one.token, undefined)).toBe('no');
});

test('a browser keeps its session cookie, but cannot choose its value', () => {
  const { admit } = access();
  const first = admit();
  expect(admit(first.cookie).cookie).toBe(first.cookie);
  expect(admit('chosen-by-someone').cookie).not.toBe('chosen-by-someone');
});

test('the oldest session ends above the limit', () => {
  const { subject, admit } = access();
  const all = Array.from({ length: 17 }, () => admit());
  const answers = all.map(({ token, cookie }) => subject.isSession(token, cookie));
  expect(answers).toEqual(['no', ...Array.from({ length: 16 }, () => 'yes')]);
});

test('failed attempts are limited and refill over time; valid ones are unlimited', () => {
  const { subject, admit, clock } = access();
  const keys = admit();
  const wrong = () => subject.isSession('wrong', 'wrong');
  for (let count = 0; count < 20; count += 1) expect(wrong()).toBe('no');
  expect(wrong()).toBe('too-many');
  expect(subject.admit('wrong', undefined).type).toBe('too-many');
  expect(subject.isSession(keys.token, keys.cookie)).toBe('yes');
  clock.now += 2_000;
  expect(wrong()).toBe('no');
  expect(wrong()).toBe('too-many');
});
