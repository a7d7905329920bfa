import type { Conversation } from '../../shared/model.ts';
import { useNow } from '../hooks/use-now.ts';
import { secondsUntil } from '../state/labels.ts';
import { strings } from '../strings.ts';
import { ConnectSteps } from './connect-steps.tsx';
import { AlertIcon } from './icons.tsx';
import { ProblemText } from './problem-text.tsx';

/**
 * What stands between us and a contact: the steps while connecting, the cause and the next step
 * while offline; nothing while online.
 */
export function LinkPanel({
  conversation,
  onRetry,
}: {
  conversation: Conversation;
  onRetry: () => void;
}) {
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
  return (
    <section className="link-panel link-offline" aria-label={strings.conversation.offline}>
      <AlertIcon />
      <div className="link-text" role="alert">
        <ProblemText problem={link.problem} />
      </div>
      <div className="link-actions">
        <button type="button" className="button-secondary" onClick={onRetry}>
          {strings.tryAgain}
        </button>
        <Countdown retryAt={link.retryAt} />
      </div>
    </section>
  );
}

function Countdown({ retryAt }: { retryAt: number | null }) {
  const now = useNow(retryAt === null ? null : 1_000);
  if (retryAt === null) return <p className="countdown">{strings.conversation.noRetry}</p>;
  const seconds = secondsUntil(retryAt, now);
  const text = seconds > 0 ? strings.conversation.retryIn(seconds) : strings.conversation.retryNow;
  return <p className="countdown">{text}</p>;
}
