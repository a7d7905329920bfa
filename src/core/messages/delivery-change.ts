import type { DeliveryEvent } from '../../shared/model/delivery.ts';
import type { Message } from '../../shared/model/model.ts';
import { type Problem, type ProblemParams, problem } from '../../shared/problems/problem.ts';
import { said } from '../../shared/problems/problem-reasons.ts';
import type { DeliveryChange } from '../storage/store.ts';

/** A delivery event of `message`, with the reason for the user. */
export function deliveryChange(
  { contactId, id }: Pick<Message, 'contactId' | 'id'>,
  event: DeliveryEvent,
  reason: ProblemParams = said(''),
): DeliveryChange {
  return { contactId, id, event, problem: why(event, reason) };
}

function why(event: DeliveryEvent, reason: ProblemParams): Problem | null {
  if (event === 'answer-lost') return problem('no-answer');
  return event === 'rejected' ? problem('call-failed', reason) : null;
}
