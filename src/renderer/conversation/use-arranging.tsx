import type { Conversation } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import type { ChatStore } from '../state/store.ts';
import { MuteIcon, PinIcon, SearchIcon } from '../ui/icons.tsx';
import type { MenuEntry } from '../ui/menu/menu.tsx';

/** The menu entries to search in a conversation, keep it at the top, and silence it. */
export function useArranging({
  conversation: { contact },
  store,
  onFind,
  onOutcome,
}: {
  conversation: Conversation;
  store: ChatStore;
  onFind: () => void;
  onOutcome: (failure: Problem | null) => void;
}): readonly MenuEntry[] {
  const { t } = useI18n();
  const arrange = (change: { pinned?: boolean; muted?: boolean }) =>
    void store.arrange(contact.id, change).then(onOutcome);
  return [
    {
      id: 'find',
      label: t('search.here'),
      icon: <SearchIcon size={18} />,
      onSelect: onFind,
    },
    {
      id: 'pin',
      label: contact.pinned ? t('arrange.unpin') : t('arrange.pin'),
      icon: <PinIcon size={18} />,
      onSelect: () => arrange({ pinned: !contact.pinned }),
    },
    {
      id: 'mute',
      label: contact.muted ? t('arrange.unmute') : t('arrange.mute'),
      icon: <MuteIcon size={18} />,
      onSelect: () => arrange({ muted: !contact.muted }),
    },
  ];
}
