import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { groupConversations } from '../state/conversations.ts';

/** Announces a new request to screen readers, once they are idle. */
export function RequestAnnouncer({ conversations }: { conversations: readonly Conversation[] }) {
  const { t } = useI18n();
  const [newest, setNewest] = useState<string | null>(null);
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const { requests } = groupConversations(conversations);
    const before = known.current;
    known.current = new Set(requests.map(({ contact }) => contact.id));
    const added = before && requests.find(({ contact }) => !before.has(contact.id));
    if (added) setNewest(added.contact.name);
  }, [conversations]);
  return (
    <div className="visually-hidden" role="status">
      {newest !== null && t('conversation.requestTitle', { name: newest })}
    </div>
  );
}
