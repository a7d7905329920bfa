import type { Contact, Conversation, Identity } from '../../../shared/model/model.ts';
import { alarmOf } from '../../state/wrong-person.ts';
import { AwayLine, HeldLine } from './away-line.tsx';
import { ConnectSteps } from './connect-steps.tsx';
import { IdentityBanner } from './identity-banner.tsx';
import { UnreachedPanel } from './unreached-panel.tsx';

/**
 * What stands between us and a contact: the steps while connecting; while offline a quiet line, or
 * what is wrong where somebody has to act; nothing while online, unless they take no messages.
 */
export function LinkPanel({
  conversation,
  owner,
  drafted,
  onHelp,
  onTrust,
}: {
  conversation: Conversation;
  /** Whether something is typed there and not sent. */
  drafted: boolean;
  /** The contact that already has the key which answers in this one's place; null if none. */
  owner: Contact | null;
  /** The user wants to know what is wrong. */
  onHelp: () => void;
  /** The user takes the key that answered for the contact's own. */
  onTrust: (identity: Identity) => void;
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
  if (link.phase === 'online' && link.problem) return <HeldLine problem={link.problem} />;
  if (link.phase !== 'offline') return null;
  const { problem } = link;
  const alarm = alarmOf(contact, link, owner);
  if (alarm !== null) {
    return (
      <IdentityBanner
        contact={contact}
        alarm={alarm}
        found={link.foundIdentity}
        owner={owner}
        onTrust={onTrust}
      />
    );
  }
  if (contact.kind !== 'unknown') {
    return <AwayLine conversation={conversation} problem={problem} onDetails={onHelp} />;
  }
  return (
    <UnreachedPanel conversation={conversation} link={link} drafted={drafted} onHelp={onHelp} />
  );
}
