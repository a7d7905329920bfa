import { type FormEvent, type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react';
import { DEFAULT_LIMITS } from '../../../shared/model/limits.ts';
import { messageProblem, utf8Length } from '../../../shared/model/text.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import type { Draft } from '../../state/drafts.ts';
import { SendIcon } from '../../ui/icons.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { EmojiButton } from '../emoji/emoji-button.tsx';

const LIMIT = DEFAULT_LIMITS.messageBytes;
/** From this many bytes on, the count is shown. */
const NEAR_LIMIT = LIMIT * 0.9;
const MAX_ROWS = 8;

/** The message field. Its text stays until the core has accepted the message. */
export function Composer({
  draft,
  offline,
  field,
  onType,
  onSend,
  onEscape,
  children,
}: {
  draft: Draft;
  /** Whether the message would stay queued. */
  offline: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
  onType: (text: string) => void;
  onSend: () => void;
  /** What Escape does while writing; null for its usual effect. */
  onEscape: (() => void) | null;
  /** Shown above the field. */
  children: ReactNode;
}) {
  const { t, format } = useI18n();
  const id = useId();
  const { text } = draft;
  const blank = text.trim() === '';
  const invalid = blank ? null : messageProblem(text, DEFAULT_LIMITS);
  const shown = invalid ?? draft.problem;
  const used = text.length * 3 < NEAR_LIMIT ? 0 : utf8Length(text);
  const sendable = !blank && invalid === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sendable) onSend();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, Enter selects a candidate. Some browsers end the composition
    // before the key event, and give that the key code 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) submit(event);
    if (event.key === 'Escape' && onEscape) {
      event.preventDefault();
      onEscape();
    }
  };
  return (
    <form className="composer" onSubmit={submit}>
      {shown && (
        <div className="composer-problem" role="alert">
          <ProblemText problem={shown} id={`${id}-problem`} />
        </div>
      )}
      {children}
      <div className="composer-box" data-invalid={invalid !== null}>
        <textarea
          ref={field}
          value={text}
          rows={Math.min(MAX_ROWS, text.split('\n', MAX_ROWS).length)}
          dir="auto"
          aria-label={t('composer.label')}
          aria-invalid={invalid !== null}
          aria-describedby={shown ? `${id}-problem ${id}-hint` : `${id}-hint`}
          placeholder={offline ? t('composer.placeholderOffline') : t('composer.placeholder')}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span id={`${id}-hint`} hidden>
          {t('composer.hint')}
        </span>
        <EmojiButton field={field} />
        <button
          type="submit"
          className="send"
          aria-label={t('composer.send')}
          data-tip={t('composer.send')}
          aria-disabled={!sendable}
        >
          <SendIcon />
        </button>
      </div>
      {used > NEAR_LIMIT && (
        <p className="composer-count" data-over={used > LIMIT}>
          {t('composer.count', { used: format.number(used), limit: format.bytes(LIMIT) })}
        </p>
      )}
    </form>
  );
}
