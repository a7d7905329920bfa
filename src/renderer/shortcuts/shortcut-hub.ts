import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import { type KeyPress, type ShortcutId, shortcutOf } from './table.ts';

/** Whether this computer's modifier is Command. */
export const IS_MAC = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

/** Handlers of shortcuts. If a shortcut has several, the last one registered runs. */
export class ShortcutHub {
  readonly #mac: boolean;
  readonly #handlers = new Map<ShortcutId, readonly (() => void)[]>();

  constructor(mac = IS_MAC) {
    this.#mac = mac;
  }

  /** Lets `handler` do `id` until the returned function is called. */
  on(id: ShortcutId, handler: () => void): () => void {
    this.#handlers.set(id, [...(this.#handlers.get(id) ?? []), handler]);
    return () => {
      const others = (this.#handlers.get(id) ?? []).filter((it) => it !== handler);
      this.#handlers.set(id, others);
    };
  }

  /** Does what `press` asks for; whether there was anything to do. */
  press(press: KeyPress, typing = false): boolean {
    const id = shortcutOf(press, this.#mac, typing);
    return id !== null && this.run(id);
  }

  /** Does `id`; whether there was anything to do. */
  run(id: ShortcutId): boolean {
    const handler = this.#handlers.get(id)?.at(-1);
    handler?.();
    return handler !== undefined;
  }
}

export const ShortcutContext = createContext(new ShortcutHub());

/** Does `handler` when the user presses the shortcut `id`, while the component is there. */
export function useShortcut(id: ShortcutId, handler: () => void): void {
  const hub = useContext(ShortcutContext);
  const latest = useEffectEvent(handler);
  useEffect(() => hub.on(id, latest), [hub, id]);
}

/** Whether keys type text there. */
export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
}

/** Whether a dialog or a menu has the keys. */
export function isSomethingOpen(): boolean {
  return document.querySelector('dialog:modal, [popover]:popover-open') !== null;
}

/** Hands the window's key presses to `hub`. While a dialog is open, its keys are its own. */
export function useShortcutListener(hub: ShortcutHub): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (isSomethingOpen()) return;
      if (hub.press(event, isTextField(event.target))) event.preventDefault();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, [hub]);
}
