import { lookOf } from '../../shared/model/look.ts';
import type { Contact, LinkState } from '../../shared/model/model.ts';
import { isWrongAnswer } from '../../shared/problems/wrong-answer.ts';

/** What answers in a contact's place: `changed` is another key, `plain` somebody without one. */
export type Alarm = 'changed' | 'plain';

/**
 * Whether not the person we know answers; then nothing may be sent. Null when all is well. Somebody
 * else whom we know as well (`owner`, who has the key that answers) is no alarm, unless the two may be
 * one.
 */
export function alarmOf(contact: Contact, link: LinkState, owner: Contact | null): Alarm | null {
  if (link.phase !== 'offline' || contact.policy === 'blocked') return null;
  const { problem } = link;
  if (problem.code === 'address-taken') {
    return owner !== null && lookOf(owner.name) === lookOf(contact.name) ? 'changed' : null;
  }
  if (!isWrongAnswer(problem)) return null;
  return problem.code === 'plain-refused' ? 'plain' : 'changed';
}
