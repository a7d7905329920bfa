import type { Conversation } from '../../../shared/model/model.ts';
import type { Problem, ProblemCode } from '../../../shared/problems/problem.ts';
import type { I18n } from '../../i18n/i18n.ts';
import { useI18n } from '../../i18n/use-i18n.ts';

/**
 * The contact has answered there before and does not now. Other possible causes (a firewall, say)
 * are not shown.
 */
const OFFLINE: ReadonlySet<ProblemCode> = new Set(['refused', 'timed-out', 'connection-lost']);
/** Causes that are known exactly, and do not mean that the contact is offline. */
const EXACT: ReadonlySet<ProblemCode> = new Set([
  'identity-unproven',
  'too-many-open',
  'own-address',
]);

/**
 * Says that a known contact is offline. That is not alarming: two computers are seldom on at the
 * same time.
 */
export function AwayLine({
  conversation: { contact },
  problem,
  onDetails,
}: {
  conversation: Conversation;
  problem: Problem;
  /** Shows the diagnosis. */
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

/** Says why an online contact accepts no messages for now. They are sent when that changes. */
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
  // A contact whose key is known may as well be online and refuse.
  const exact = EXACT.has(wrong.code) || (wrong.code === 'not-a-peer' && !known);
  return exact ? problem(wrong).cause : t('away.unreachable', { name });
}
