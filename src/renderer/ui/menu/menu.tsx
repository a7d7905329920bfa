import { type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { type MenuEntries, MenuList, menuItems } from './menu-list.tsx';
import { placeBeside } from './place-beside.ts';

/**
 * A button that opens a menu. The browser's popover keeps it on top, closes it (Escape, a click
 * elsewhere) and gives the focus back.
 */
export function Menu({
  label,
  className = 'button-icon',
  children,
  entries,
}: {
  /** What the menu is for: the accessible name of the button and of the menu. */
  label: string;
  className?: string;
  /** What the button shows. */
  children: ReactNode;
  entries: MenuEntries;
}) {
  const { dir } = useI18n();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open' || !button.current || !box.current) return;
    placeBeside(box.current, button.current, dir);
    menuItems(list.current)[0]?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        data-tip={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        {children}
      </button>
      <div ref={box} id={id} className="menu" popover="auto" onToggle={onToggle}>
        <MenuList
          label={label}
          entries={entries}
          list={list}
          onDone={() => box.current?.hidePopover()}
        />
      </div>
    </>
  );
}
