import { useContext, useEffect, useState } from 'react';
import type { DesktopAction } from '../../shared/bridge/desktop-bridge.ts';
import { isSomethingOpen, ShortcutContext } from '../shortcuts/shortcut-hub.ts';
import type { ShortcutId } from '../shortcuts/table.ts';
import { DesktopContext } from './use-desktop.ts';

/** An address to be put into the field, anew for each link that was opened. */
export interface ProposedAddress {
  readonly address: string;
}

/**
 * Performs actions requested by menus, the tray and links. An action that has a shortcut behaves as
 * the shortcut does, so not while a dialog is open. Returns the address of the last link that was
 * opened: it is shown to the user, who decides.
 */
export function useDesktopActions(): ProposedAddress | null {
  const hub = useContext(ShortcutContext);
  const desktop = useContext(DesktopContext);
  const [proposed, setProposed] = useState<ProposedAddress | null>(null);
  useEffect(
    () =>
      desktop?.onAction((action) => {
        if (action.type === 'connect') {
          closeDialogs();
          setProposed({ address: action.address });
        } else if (!isSomethingOpen()) SHORTCUTS[action.type].some((id) => hub.run(id));
      }),
    [desktop, hub],
  );
  return proposed;
}

/** As Escape does, the uppermost first: what was proposed would lie beneath them. */
function closeDialogs(): void {
  const open = document.querySelectorAll<HTMLDialogElement>('dialog:modal');
  for (const dialog of [...open].reverse()) dialog.requestClose();
}

/** The shortcut of each action, and what stands in for it where there is nothing to do. */
const SHORTCUTS: Readonly<Record<Exclude<DesktopAction['type'], 'connect'>, ShortcutId[]>> = {
  'new-chat': ['newChat'],
  // Without an open conversation there are only the conversations to search.
  find: ['find', 'switch'],
  shortcuts: ['sheet'],
  settings: ['settings'],
  // The version stands in the settings.
  about: ['settings'],
};
