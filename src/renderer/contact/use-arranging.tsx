import type { Contact } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useStore } from '../state/use-store.ts';
import { MuteIcon, PinIcon } from '../ui/icons.tsx';
import type { MenuEntry } from '../ui/menu/menu-list.tsx';
import { useAct } from '../ui/use-notice.ts';

/** The menu entries to keep a conversation at the top, and to silence it. */
export function useArranging({ id, pinned, muted }: Contact): readonly MenuEntry[] {
  const { t } = useI18n();
  const store = useStore();
  const act = useAct();
  return [
    {
      id: 'pin',
      label: pinned ? t('arrange.unpin') : t('arrange.pin'),
      icon: <PinIcon size={18} />,
      onSelect: () => act(store.arrange(id, { pinned: !pinned })),
    },
    {
      id: 'mute',
      label: muted ? t('arrange.unmute') : t('arrange.mute'),
      icon: <MuteIcon size={18} />,
      onSelect: () => act(store.arrange(id, { muted: !muted })),
    },
  ];
}
