import { useContext, useEffect, useState } from 'react';
import type { DesktopAction } from '../../shared/bridge/desktop-bridge.ts';
import { isSomethingOpen, ShortcutContext, type ShortcutHub } from '../shortcuts/shortcut-hub.ts';
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
        } else if (!isSomethingOpen()) doAsKeysDo(hub, action.type);
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

function doAsKeysDo(hub: ShortcutHub, action: Exclude<DesktopAction['type'], 'connect'>): void {
  switch (action) {
    case 'new-chat':
      hub.run('newChat');
      break;
    case 'find':
      // Without an open conversation there are only the conversations to search.
      if (!hub.run('find')) hub.run('switch');
      break;
    case 'shortcuts':
      hub.run('sheet');
      break;
    // The version stands in the settings.
    case 'about':
    case 'settings':
      hub.run('settings');
  }
}
