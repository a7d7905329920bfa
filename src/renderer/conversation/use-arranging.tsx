import type { Contact } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useStore } from '../state/use-store.ts';
import { MuteIcon, PinIcon, SearchIcon } from '../ui/icons.tsx';
import type { MenuEntry } from '../ui/menu/menu.tsx';
import { useAct } from '../ui/use-notice.ts';

/** The menu entries to search in a conversation, keep it at the top, and silence it. */
export function useArranging(contact: Contact, onFind: () => void): readonly MenuEntry[] {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  const arrange = (change: { pinned?: boolean; muted?: boolean }) =>
    act(store.arrange(contact.id, change));
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
