import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFormats } from '../../../../src/renderer/i18n/formats.ts';
import {
  groupConversations,
  primaryAddress,
  totalUnread,
} from '../../../../src/renderer/state/conversations.ts';
import { initialsOf, secondsUntil } from '../../../../src/renderer/state/labels.ts';
import { FakeCore } from '../../../support/fake-bridge/fake-bridge.ts';
import { scenarios } from '../../../support/renderer-harness/scenarios.ts';

const format = createFormats('en-GB', { today: 'Today', yesterday: 'Yesterday' }, 'UTC');
const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

test('days are named as people name them', () => {
  expect(format.day(NOW - HOUR, NOW)).toBe('Today');
  expect(format.day(NOW - 13 * HOUR, NOW)).toBe('Yesterday');
  expect(format.day(Date.UTC(2026, 10, 2), NOW)).toMatch(/^Monday,? 2 November$/);
  expect(format.day(Date.UTC(2025, 10, 2), NOW)).toMatch(/^Sunday,? 2 November 2025$/);
  expect(format.shortWhen(NOW, NOW)).toBe('12:00');
  expect(format.shortWhen(NOW - 3 * 24 * HOUR, NOW)).toBe('Thu');
  expect(format.shortWhen(NOW - 30 * 24 * HOUR, NOW)).toBe('23/10/2026');
});

test('a retry that is due counts as zero seconds away, never as negative', () => {
  expect(secondsUntil(NOW + 1_200, NOW)).toBe(2);
  expect(secondsUntil(NOW - 5_000, NOW)).toBe(0);
});

test('any name has initials', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (it) => initialsOf(it).length > 0));
  expect(initialsOf('Carol Østergård')).toBe('CØ');
  expect(initialsOf('192.168.1.20:8080')).toBe('1');
  expect(initialsOf('  ')).toBe('?');
});

test('requests and blocked contacts are listed apart, the most recent first', () => {
  const { conversations } = new FakeCore(scenarios.busy()).snapshot();
  const groups = groupConversations(conversations);
  expect(groups.requests.map((it) => it.contact.name)).toEqual(['Dmitri']);
  expect(groups.accepted.map((it) => it.contact.name)).toEqual([
    'Bob',
    'Carol Østergård',
    'weather-station',
    'Noor',
  ]);
  expect(totalUnread(conversations)).toBe(4);
});

test('the address that is shown first is one that friends on other computers can use', () => {
  const { self } = scenarios.empty();
  expect(primaryAddress(self)?.address).toBe('192.168.1.20:8080');
  expect(primaryAddress({ ...self, addresses: [] })).toBeNull();
});
