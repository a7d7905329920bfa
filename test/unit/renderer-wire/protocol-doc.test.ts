import { expect, test } from 'vitest';
import { entriesOf } from '../../../src/renderer/frame-log/entries.ts';
import { copyText } from '../../../src/renderer/frame-log/filter.ts';
import { MASK } from '../../../src/renderer/frame-log/mask.ts';
import type { WireFrame } from '../../../src/shared/model/wire.ts';
import { documentedExchanges } from '../../support/network/protocol-doc.ts';

// Each exchange of docs/PROTOCOL.md as the log would have kept it: one message in each frame.
const exchanges = documentedExchanges().map(({ steps }) =>
  steps
    .flatMap(({ direction, frame }) => frame.split('\n').map((text) => ({ direction, text })))
    .map(
      ({ direction, text }, index, all): WireFrame => ({
        seq: index + 1,
        at: index,
        direction: direction === '>' ? 'sent' : 'received',
        session: 1,
        nth: all.slice(0, index + 1).filter((it) => it.direction === direction).length,
        bytes: text.length,
        text,
      }),
    ),
);

test('every documented frame is understood, and each answer matches its call', () => {
  expect(exchanges.length).toBeGreaterThan(6);
  for (const entry of exchanges.flatMap((it) => entriesOf(it))) {
    expect(entry.message.kind, entry.frame.text).not.toBe('unknown');
    expect(entry.method, entry.frame.text).not.toBeNull();
  }
});

test('no documented message shows its text while texts are masked', () => {
  const entries = exchanges.flatMap((it) => entriesOf(it));
  expect(copyText(entries, true)).toContain('Hi Alice!');
  const hidden = copyText(entries, false) + entries.map((it) => it.maskedText).join();
  expect(hidden).not.toContain('Hi Alice!');
  expect(hidden).toContain(MASK);
});
