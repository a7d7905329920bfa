import type { Conversation } from '../../../shared/model/model.ts';
import type { Problem, ProblemCode } from '../../../shared/problems/problem.ts';
import type { I18n } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/use-i18n.ts';

/** Where somebody was, nobody is now. What else may be in the way (a firewall, say) is not said. */
const OFFLINE: ReadonlySet<ProblemCode> = new Set(['refused', 'timed-out', 'connection-lost']);
/** What is known exactly, and is not about the contact being away. */
const EXACT: ReadonlySet<ProblemCode> = new Set([
  'identity-unproven',
  'too-many-open',
  'own-address',
]);

/**
 * Says that a contact whom we have met is not there just now. That is nothing to be alarmed about: two
 * computers are seldom on at the same time.
 */
export function AwayLine({
  conversation: { contact },
  problem,
  onDetails,
}: {
  conversation: Conversation;
  problem: Problem;
  /** Shows what was found out. */
  onDetails: () => void;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const writable = contact.policy === 'accepted' && contact.kind !== 'guest';
  return (
    <div className="away">
      <span role="status">
        <strong>{whatIs(problem, contact.name, contact.identity !== null, i18n)}</strong>{' '}
        {writable && t('away.waits')}
      </span>
      {contact.addresses.length > 0 && (
        <>
          <span aria-hidden="true"> · </span>
          <button type="button" className="link-button" onClick={onDetails}>
            {t('away.details')}
          </button>
        </>
      )}
    </div>
  );
}

/** Says why a reachable contact takes no messages for now. They are sent when that changes. */
export function HeldLine({ problem }: { problem: Problem }) {
  const { cause, next } = useI18n().problem(problem);
  return (
    <div className="away">
      <span role="status">
        <strong>{cause}</strong> {next}
      </span>
    </div>
  );
}

function whatIs(wrong: Problem, name: string, known: boolean, { t, problem }: I18n): string {
  if (OFFLINE.has(wrong.code)) return t('away.offline', { name });
  // Of somebody whose key is known, it may just as well be that they do not take part.
  const exact = EXACT.has(wrong.code) || (wrong.code === 'not-a-peer' && !known);
  return exact ? problem(wrong).cause : t('away.unreachable', { name });
}
