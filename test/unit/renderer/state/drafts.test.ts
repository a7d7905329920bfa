import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accepted,
  EMPTY_DRAFT,
  idToSend,
  sendFailed,
  submitted,
  typed,
} from '../../../../src/renderer/state/drafts.ts';
import { problem } from '../../../../src/shared/problem.ts';

const failure = problem('storage', { reason: 'full' });

test('no text is ever lost when sending fails, also not what was typed meanwhile', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (first, meanwhile) => {
      const sent = submitted(typed(EMPTY_DRAFT, first));
      const back = sendFailed(typed(sent, meanwhile), { id: 'a', body: first }, failure);
      expect(back.text.startsWith(first)).toBe(true);
      expect(back.text.endsWith(meanwhile)).toBe(true);
      expect(back.problem).toBe(failure);
    }),
  );
});

test('the same text is sent again under the same id, another text under a new one', () => {
  const back = sendFailed(submitted(typed(EMPTY_DRAFT, 'hi')), { id: 'a', body: 'hi' }, failure);
  expect(idToSend(back, () => 'new')).toBe('a');
  expect(idToSend(typed(back, 'hi!'), () => 'new')).toBe('new');
});

test('a text that came back although its message was accepted goes away', () => {
  const back = sendFailed(submitted(typed(EMPTY_DRAFT, 'hi')), { id: 'a', body: 'hi' }, failure);
  expect(accepted(back, 'a')).toEqual(EMPTY_DRAFT);
  expect(accepted(back, 'b')).toBe(back);
  expect(accepted(typed(back, 'hi, more'), 'a')).toMatchObject({ text: 'hi, more', failed: null });
});

test('typing takes the last problem away', () => {
  const back = sendFailed(EMPTY_DRAFT, { id: 'a', body: 'hi' }, failure);
  expect(typed(back, 'hi there').problem).toBeNull();
});
