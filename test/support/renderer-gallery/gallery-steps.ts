import type { Catalog, MessageKey } from '../../../src/renderer/i18n/catalog.ts';
import type { GalleryStep } from '../renderer-harness/gallery-states.ts';

/** Does the steps one after another, each as soon as what it is about is there. */
export async function runSteps(steps: readonly GalleryStep[], catalog: Catalog): Promise<void> {
  for (const step of steps) await appears(() => attempt(step, catalog));
  // Whatever shows a QR code loads what draws it.
  await appears(() => document.querySelector('div.qr:empty') === null);
  await new Promise((resolve) => setTimeout(resolve));
  await document.fonts.ready;
}

/** Calls `attempt` after each change of the page until it has worked. */
function appears(attempt: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!attempt()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { childList: true, subtree: true, attributes: true });
    look();
  });
}

function attempt(step: GalleryStep, { messages }: Catalog): boolean {
  const text = (key: MessageKey) => messages[key];
  if ('press' in step) return press(find('button', text(step.press)));
  if ('turn' in step) return press(find('label', text(step.turn)));
  if ('open' in step) return press(find('nav button', step.open));
  if ('menuOf' in step) {
    const row = find('nav button', step.menuOf);
    row?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    return row !== null;
  }
  if ('field' in step) {
    const field = find('input', text(step.field));
    field?.focus();
    return field !== null;
  }
  if ('search' in step) {
    if (!(document.activeElement instanceof HTMLInputElement)) return false;
    return document.execCommand('insertText', false, step.search);
  }
  if ('unfold' in step) return press(find('summary', step.unfold));
  if ('see' in step) return find('*', text(step.see)) !== null;
  if ('read' in step) return find('*', step.read) !== null;
  const heading = find('h3, h4', text(step.show));
  heading?.scrollIntoView();
  return heading !== null;
}

function press(element: HTMLElement | null): boolean {
  element?.click();
  return element !== null;
}

/** The first visible element whose accessible name or text is, begins with, or contains `name`. */
function find(selector: string, name: string): HTMLElement | null {
  // What stands around a person's name.
  const parts = name.split('{name}');
  const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (it) => it.checkVisibility() && parts.every((part) => nameOf(it).includes(part.trim())),
  );
  const starts = all.find((it) => nameOf(it).startsWith(name));
  return all.find((it) => nameOf(it) === name) ?? starts ?? all[0] ?? null;
}

function nameOf(element: HTMLElement): string {
  return (element.ariaLabel ?? element.textContent).trim();
}
