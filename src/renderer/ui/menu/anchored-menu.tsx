import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { type MenuEntries, MenuList, menuItems } from './menu-list.tsx';
import { placeBeside } from './place-beside.ts';

/**
 * A menu beside whatever it is about. It is opened while a button or a finger is still down, whose
 * release the browser would take for a click beside the menu: so it is closed from here.
 */
export function AnchoredMenu({
  label,
  head = null,
  anchor,
  entries,
  onClose,
}: {
  label: string;
  /** What stands above the entries. */
  head?: ReactNode;
  anchor: HTMLElement;
  entries: MenuEntries;
  onClose: () => void;
}) {
  const { dir } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const popover = box.current;
    if (!popover) return;
    const before = document.activeElement;
    popover.showPopover();
    placeBeside(popover, anchor, dir);
    menuItems(list.current)[0]?.focus();
    return () => {
      const within = popover.contains(document.activeElement);
      popover.hidePopover();
      if (within && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [anchor, dir]);
  useEffect(() => {
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target instanceof Node ? event.target : null)) onClose();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      onClose();
    };
    document.addEventListener('pointerdown', leave, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', leave, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, [onClose]);
  return (
    <div ref={box} className="menu anchored-menu" popover="manual">
      {head}
      <MenuList label={label} entries={entries} list={list} onDone={onClose} />
    </div>
  );
}
