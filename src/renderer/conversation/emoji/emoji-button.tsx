import type { EmojiData } from 'frimousse';
import { type ComponentType, type RefObject, useId, useRef, useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { SmileIcon } from '../../ui/icons.tsx';
import { placeBeside } from '../../ui/menu/place-beside.ts';
import type { EmojiGroup } from './emoji-data.ts';

interface Loaded {
  readonly Panel: ComponentType<{ data: EmojiData; onPick: (emoji: string) => void }>;
  readonly data: EmojiData;
}

/** Opens the choice of emoji, and puts what is chosen where the caret is. */
export function EmojiButton({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const { t, dir, language } = useI18n();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<Loaded | 'failed' | null>(null);
  const load = async () => {
    setLoaded((it) => (it === 'failed' ? null : it));
    try {
      const [{ EmojiPanel }, { loadEmoji }] = await Promise.all([
        import('./emoji-panel.tsx'),
        import('./emoji-data.ts'),
      ]);
      const nameOf = (group: EmojiGroup) => t(`emoji.group.${group}`);
      const data = await loadEmoji(language, nameOf);
      setLoaded({ Panel: EmojiPanel, data });
      requestAnimationFrame(() => box.current?.querySelector('input')?.focus());
    } catch {
      setLoaded('failed');
    }
  };
  const onPick = (emoji: string) => {
    box.current?.hidePopover();
    field.current?.focus();
    // As if it was typed: at the caret, and to be undone like anything else.
    document.execCommand('insertText', false, emoji);
  };
  return (
    <>
      <IconButton
        label={t('emoji.open')}
        className="emoji-button"
        ref={button}
        aria-haspopup="dialog"
        aria-expanded={open}
        popoverTarget={id}
      >
        <SmileIcon />
      </IconButton>
      <div
        ref={box}
        id={id}
        className="emoji-box"
        popover="auto"
        role="dialog"
        aria-label={t('emoji.open')}
        onToggle={(event) => {
          const opened = event.newState === 'open';
          setOpen(opened);
          if (!opened || !box.current || !button.current) return;
          placeBeside(box.current, button.current, dir);
          void load();
        }}
      >
        {open && loaded !== null && loaded !== 'failed' && (
          <loaded.Panel data={loaded.data} onPick={onPick} />
        )}
        {loaded === null && <p className="emoji-note">{t('emoji.loading')}</p>}
        {loaded === 'failed' && (
          <div className="emoji-note" role="alert">
            <p>{t('emoji.failed')}</p>
            <Button onClick={load}>{t('common.tryAgain')}</Button>
          </div>
        )}
      </div>
    </>
  );
}
