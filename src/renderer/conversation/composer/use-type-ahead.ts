import { type RefObject, useEffect } from 'react';
import { isSomethingOpen, isTextField } from '../../shortcuts/shortcut-hub.ts';

/**
 * Typing while no field has the focus goes into `field`: the key itself follows the focus. Space
 * and Enter keep their effect on the focused element.
 */
export function useTypeAhead(field: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, defaultPrevented, target } = event;
      if (defaultPrevented || ctrlKey || metaKey || altKey) return;
      // One character; the names of other keys are longer.
      if ([...key].length !== 1 || key === ' ' || isTextField(target) || isSomethingOpen()) return;
      if (target instanceof Element && target.closest('select, [role="menu"]')) return;
      field.current?.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [field, active]);
}
