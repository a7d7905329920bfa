/** What Chromium tells of a right click, as far as a page's own document knows it. */
export interface ContextParams {
  readonly linkURL: string;
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly editFlags: {
    readonly canCut: boolean;
    readonly canCopy: boolean;
    readonly canPaste: boolean;
    readonly canSelectAll: boolean;
  };
}

/** What of the DOM is used: these files are checked as Node's, where there is none. */
interface PageElement {
  readonly value?: string;
  readonly href?: string;
  readonly selectionStart?: number | null;
  readonly selectionEnd?: number | null;
  closest(selector: string): PageElement | null;
  matches(selector: string): boolean;
}

interface PageWorld {
  getSelection(): object | null;
  addEventListener(
    type: 'contextmenu',
    listener: (event: { readonly target: unknown; readonly defaultPrevented: boolean }) => void,
    options: { readonly capture: boolean },
  ): void;
}

/**
 * Tells of each right click that the page does not take for itself. This function is sent to pages
 * as source, so it uses nothing from outside.
 */
export function watchContextMenu(tell: (params: ContextParams) => void): void {
  const page = globalThis as unknown as PageWorld;
  const onMenu = (event: {
    readonly target: unknown;
    readonly defaultPrevented: boolean;
  }): void => {
    const element = event.target as PageElement;
    // When all listeners of the page have had their say.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      const isEditable = element.matches('input, textarea, [contenteditable]');
      const selectionText = element.matches('input, textarea')
        ? (element.value ?? '').slice(element.selectionStart ?? 0, element.selectionEnd ?? 0)
        : String(page.getSelection() ?? '');
      const chosen = selectionText !== '';
      tell({
        linkURL: element.closest('a')?.href ?? '',
        isEditable,
        selectionText,
        editFlags: {
          canCut: isEditable && chosen,
          canCopy: chosen,
          canPaste: isEditable,
          canSelectAll: true,
        },
      });
    }, 0);
  };
  page.addEventListener('contextmenu', onMenu, { capture: true });
}
