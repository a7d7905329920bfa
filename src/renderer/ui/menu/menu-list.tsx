import { Root as RovingGroup, Item as RovingItem } from '@radix-ui/react-roving-focus';
import type { KeyboardEvent, ReactNode, RefObject } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Whether it destroys something; it is marked so. */
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** `false` leaves an entry out. */
export type MenuEntries = readonly (MenuEntry | false)[];

/**
 * The entries of a menu inside of a popover: the arrow keys and the first letters move between them.
 * `onDone` closes the popover: an entry was chosen, or Tab leaves.
 */
export function MenuList({
  label,
  entries,
  list,
  onDone,
}: {
  label: string;
  entries: MenuEntries;
  list: RefObject<HTMLDivElement | null>;
  onDone: () => void;
}) {
  const { dir } = useI18n();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') onDone();
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = menuItems(list.current);
    const from = all.findIndex((it) => it.matches(':focus')) + 1;
    const typed = event.key.toLocaleLowerCase();
    [...all.slice(from), ...all.slice(0, from)]
      .find((it) => it.textContent.trim().toLocaleLowerCase().startsWith(typed))
      ?.focus();
  };
  return (
    <RovingGroup asChild orientation="vertical" loop dir={dir}>
      <div
        ref={list}
        className="menu-list"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={onKeyDown}
      >
        {entries
          .filter((entry) => entry !== false)
          .map((entry) => (
            <RovingItem key={entry.id} asChild>
              <button
                type="button"
                role="menuitem"
                className={entry.danger ? 'menu-item menu-danger' : 'menu-item'}
                onClick={() => {
                  onDone();
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
  );
}

/** The entries of a menu, as elements. */
export function menuItems(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}
