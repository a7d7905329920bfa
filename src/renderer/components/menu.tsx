import { Root as RovingGroup, Item as RovingItem } from '@radix-ui/react-roving-focus';
import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { placeBeside } from './place-beside.ts';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Whether it destroys something; it is marked so. */
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/**
 * A button that opens a menu. The browser's popover keeps it on top, closes it (Escape, a click
 * elsewhere) and gives the focus back; the roving focus group moves between the entries.
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
  entries: readonly MenuEntry[];
}) {
  const { dir } = useI18n();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open' || !button.current || !menu.current) return;
    placeBeside(menu.current, button.current, dir);
    items()[0]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') menu.current?.hidePopover();
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const from = all.findIndex((it) => it.matches(':focus')) + 1;
    const typed = event.key.toLocaleLowerCase();
    [...all.slice(from), ...all.slice(0, from)]
      .find((it) => it.textContent.trim().toLocaleLowerCase().startsWith(typed))
      ?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        {children}
      </button>
      <RovingGroup asChild orientation="vertical" loop dir={dir}>
        <div
          ref={menu}
          id={id}
          className="menu"
          popover="auto"
          role="menu"
          aria-label={label}
          onToggle={onToggle}
          onKeyDown={onKeyDown}
        >
          {entries.map((entry) => (
            <RovingItem key={entry.id} asChild>
              <button
                type="button"
                role="menuitem"
                className={entry.danger ? 'menu-item menu-danger' : 'menu-item'}
                onClick={() => {
                  menu.current?.hidePopover();
                  entry.onSelect();
                }}
              >
                {entry.icon}
                {entry.label}
              </button>
            </RovingItem>
          ))}
        </div>
      </RovingGroup>
    </>
  );
}
