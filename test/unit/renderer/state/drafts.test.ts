import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Attempt,
  accepted,
  answering,
  attemptOf,
  type Draft,
  EMPTY_DRAFT,
  sendFailed,
  submitted,
  toSave,
  typed,
  withSaved,
} from '../../../../src/renderer/state/drafts.ts';
import { problem } from '../../../../src/shared/problems/problem.ts';

const failure = problem('storage', { reason: 'full' });
const attempt = (id: string, body: string): Attempt => ({ id, body, replyTo: null });
const came = (body: string): Draft => {
  const it = attempt('a', body);
  return sendFailed(submitted(typed(EMPTY_DRAFT, body), it), it, failure);
};

test('no text is ever lost when sending fails, also not what was typed meanwhile', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (first, meanwhile) => {
      const it = attempt('a', first);
      const sent = submitted(typed(EMPTY_DRAFT, first), it);
      const back = sendFailed(typed(sent, meanwhile), it, failure);
      expect(back.text.startsWith(first)).toBe(true);
      expect(back.text.endsWith(meanwhile)).toBe(true);
      expect(back.problem).toBe(failure);
    }),
  );
});

test('the same text is sent again under the same id, another text under a new one', () => {
  const back = came('hi');
  expect(attemptOf(back, () => 'new').id).toBe('a');
  expect(attemptOf(typed(back, 'hi!'), () => 'new').id).toBe('new');
  expect(attemptOf(answering(back, 'x'), () => 'new')).toEqual({
    id: 'new',
    body: 'hi',
    replyTo: 'x',
  });
});

test('a text that came back although its message was accepted goes away', () => {
  const back = came('hi');
  expect(accepted(back, 'a')).toEqual(EMPTY_DRAFT);
  expect(accepted(back, 'b')).toBe(back);
  expect(accepted(typed(back, 'hi, more'), 'a')).toMatchObject({ text: 'hi, more', failed: null });
});

test('typing takes the last problem away', () => {
  expect(typed(came('hi'), 'hi there').problem).toBeNull();
});

test('an answer that could not be sent is still an answer when it comes back', () => {
  const it: Attempt = { id: 'a', body: 'yes', replyTo: 'question' };
  const sent = submitted(answering(typed(EMPTY_DRAFT, 'yes'), 'question'), it);
  expect(sent).toMatchObject({ text: '', replyTo: null });
  expect(sendFailed(sent, it, failure)).toMatchObject({ text: 'yes', replyTo: 'question' });
});

const step = fc.oneof(
  fc.record({ do: fc.constant('type' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({ do: fc.constant('send' as const) }),
  fc.record({ do: fc.constant('accept' as const) }),
  fc.record({ do: fc.constant('fail' as const) }),
);

test('whenever the page is closed: what the core has not accepted is in what it keeps', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let draft = EMPTY_DRAFT;
      let ids = 0;
      for (const it of steps) {
        const [first] = draft.sending;
        if (it.do === 'type') draft = typed(draft, it.text);
        else if (it.do === 'send' && draft.text !== '') {
          ids += 1;
          draft = submitted(
            draft,
            attemptOf(draft, () => `id ${ids}`),
          );
        } else if (it.do === 'accept' && first) draft = accepted(draft, first.id);
        else if (it.do === 'fail' && first) draft = sendFailed(draft, first, failure);
        const body = toSave(draft)?.body ?? '';
        for (const wanted of [...draft.sending.map((sent) => sent.body), draft.text]) {
          expect(body).toContain(wanted);
        }
      }
    }),
  );
});

test('a draft comes back as it was saved, and goes when the core has none', () => {
  const draft = answering(came('half a thought'), 'x');
  const saved = toSave(draft);
  expect(saved).toEqual({ body: 'half a thought', replyTo: 'x' });
  expect(withSaved(EMPTY_DRAFT, saved)).toEqual({
    ...EMPTY_DRAFT,
    text: 'half a thought',
    replyTo: 'x',
  });
  expect(toSave(withSaved(draft, null))).toBeNull();
});
