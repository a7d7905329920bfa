import { useContext, useEffect, useState } from 'react';
import type { ShellBridge, ShellWish } from '../../shared/bridge/shell-bridge.ts';
import { isSomethingOpen, ShortcutContext, type ShortcutHub } from '../shortcuts/shortcut-hub.ts';
import { ShellContext } from './use-shell.ts';

/** An address to be put into the field, anew for each link that was opened. */
export interface ProposedAddress {
  readonly address: string;
}

/**
 * Does what menus, the tray and links wish for. What a shortcut does too happens as if it had been
 * pressed, and so not beside an open dialog. Answers with the address of the last link that was
 * opened: it is shown to the user, who decides.
 */
export function useWishes(): ProposedAddress | null {
  const hub = useContext(ShortcutContext);
  const bridge: ShellBridge | undefined = useContext(ShellContext)?.bridge;
  const [proposed, setProposed] = useState<ProposedAddress | null>(null);
  useEffect(
    () =>
      bridge?.onShellWish((wish) => {
        if (wish.type === 'connect') {
          closeDialogs();
          setProposed({ address: wish.address });
        } else if (!isSomethingOpen()) doAsKeysDo(hub, wish.type);
      }),
    [bridge, hub],
  );
  return proposed;
}

/** As Escape does, the uppermost first: what was proposed would lie beneath them. */
function closeDialogs(): void {
  const open = document.querySelectorAll<HTMLDialogElement>('dialog:modal');
  for (const dialog of [...open].reverse()) dialog.requestClose();
}

function doAsKeysDo(hub: ShortcutHub, wish: Exclude<ShellWish['type'], 'connect'>): void {
  switch (wish) {
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
