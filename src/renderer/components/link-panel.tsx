import type { Conversation, Identity } from '../../shared/model.ts';
import { useNow } from '../hooks/use-now.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { secondsUntil } from '../state/labels.ts';
import { ConnectSteps } from './connect-steps.tsx';
import { AlertIcon } from './icons.tsx';
import { IdentityBanner, isWrongPerson } from './identity-banner.tsx';
import { ProblemText } from './problem-text.tsx';

/**
 * What stands between us and a contact: the steps while connecting, the cause and the next step
 * while offline; nothing while online.
 */
export function LinkPanel({
  conversation,
  onRetry,
  onHelp,
  onTrust,
}: {
  conversation: Conversation;
  onRetry: () => void;
  /** The user wants to know what is wrong. */
  onHelp: () => void;
  /** The user takes the key that answered for the contact's own. */
  onTrust: (identity: Identity) => void;
}) {
  const { t } = useI18n();
  const { link, contact } = conversation;
  if (contact.policy === 'blocked') return null;
  if (link.phase === 'connecting') {
    return (
      <div className="link-panel link-connecting">
        <ConnectSteps step={link.step} />
      </div>
    );
  }
  if (link.phase !== 'offline') return null;
  if (isWrongPerson(link.problem)) {
    return (
      <IdentityBanner
        contact={contact}
        problem={link.problem}
        onRetry={onRetry}
        onTrust={onTrust}
      />
    );
  }
  return (
    <section className="link-panel link-offline" aria-label={t('conversation.offline')}>
      <AlertIcon />
      <div className="link-text" role="alert">
        <ProblemText problem={link.problem} />
      </div>
      <div className="link-actions">
        <button type="button" className="button-secondary" onClick={onRetry}>
          {t('common.tryAgain')}
        </button>
        {contact.addresses.length > 0 && (
          <button type="button" className="button-secondary" onClick={onHelp}>
            {t('help.whatIsWrong')}
          </button>
        )}
        <Countdown retryAt={link.retryAt} />
      </div>
    </section>
  );
}

function Countdown({ retryAt }: { retryAt: number | null }) {
  const { t } = useI18n();
  const now = useNow(retryAt === null ? null : 1_000);
  if (retryAt === null) return <p className="countdown">{t('conversation.noRetry')}</p>;
  const seconds = secondsUntil(retryAt, now);
  const text = seconds > 0 ? t('conversation.retryIn', { seconds }) : t('conversation.retryNow');
  return <p className="countdown">{text}</p>;
}
