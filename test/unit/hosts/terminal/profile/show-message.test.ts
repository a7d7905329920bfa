import { expect, test } from 'vitest';
import {
  localTime,
  messageJson,
  messageText,
} from '../../../../../src/hosts/terminal/profile/show-message.ts';
import type { Message } from '../../../../../src/shared/model/model.ts';
import { ours, theirs } from '../../../../support/storage/store-samples.ts';

const AT = new Date(2026, 10, 22, 9, 5, 7).getTime();
const mine: Message = { ...ours('bob', 'm1', { body: 'Hi', sentAt: AT }), seq: 3 };
const hers: Message = { ...theirs('bob', 'm2', { body: 'Hello\nyou', sentAt: AT }), seq: 4 };

test('a line shows time, author, text and delivery state', () => {
  expect(localTime(AT)).toBe('2026-11-22 09:05:07');
  expect(messageText(hers, 'Bob')).toBe('2026-11-22 09:05:07  Bob: Hello\n   you');
  expect(messageText(mine, 'Bob')).toBe('2026-11-22 09:05:07  You: Hi [queued]');
  expect(messageText({ ...mine, state: 'read' }, 'Bob')).toBe('2026-11-22 09:05:07  You: Hi');
  expect(messageText(mine, 'Bob', { me: 'You to Bob', text: '…Hi' })).toBe(
    '2026-11-22 09:05:07  You to Bob: …Hi [queued]',
  );
});

test('neither a text nor a name can control the terminal or forge another line', () => {
  const body = '\u001b[2J\r\n2026-11-22 09:05:08  You: yes';
  const shown = messageText({ ...hers, body }, '\u001b]0;x\u0007Bob\u202e');
  expect(shown).toBe(
    '2026-11-22 09:05:07  \\u001b]0;x\\u0007Bob\\u202e: \\u001b[2J\n   2026-11-22 09:05:08  You: yes',
  );
});

test('JSON output has all fields for scripts', () => {
  expect(messageJson(mine)).toEqual({
    id: 'm1',
    contact: 'bob',
    author: 'me',
    body: 'Hi',
    state: 'queued',
    sentAt: AT,
    seq: 3,
    replyTo: null,
    problem: null,
  });
});
