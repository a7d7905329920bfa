import {
  type EmojiData,
  EmojiPicker,
  type EmojiPickerListCategoryHeaderProps,
  type EmojiPickerListEmojiProps,
  type EmojiPickerListRowProps,
} from 'frimousse';
import { useI18n } from '../../i18n/use-i18n.ts';

/** Columns; the width of the box follows from it. */
const COLUMNS = 8;

const components = { CategoryHeader, Row, Emoji };

/** The emoji picker: by search, or with the arrow keys. */
export function EmojiPanel({ data, onPick }: { data: EmojiData; onPick: (emoji: string) => void }) {
  const { t } = useI18n();
  return (
    <EmojiPicker.Root
      className="emoji-picker"
      locale={data.locale}
      columns={COLUMNS}
      resolveEmojiData={() => data}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <div className="emoji-head">
        <EmojiPicker.Search aria-label={t('emoji.search')} placeholder={t('emoji.search')} />
        <EmojiPicker.SkinToneSelector
          className="button-icon emoji"
          aria-label={t('emoji.skin')}
          data-tip={t('emoji.skin')}
        />
      </div>
      <EmojiPicker.Viewport className="emoji-list">
        <EmojiPicker.Loading className="emoji-note">{t('emoji.loading')}</EmojiPicker.Loading>
        <EmojiPicker.Empty className="emoji-note">{t('emoji.nothing')}</EmojiPicker.Empty>
        <EmojiPicker.List components={components} />
      </EmojiPicker.Viewport>
      <p className="emoji-name" aria-hidden="true">
        <EmojiPicker.ActiveEmoji>{({ emoji }) => emoji?.label}</EmojiPicker.ActiveEmoji>
      </p>
    </EmojiPicker.Root>
  );
}

function CategoryHeader({ category, ...props }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...props} className="emoji-group">
      {category.label}
    </div>
  );
}

// The library counts rows and columns from 0; ARIA does from 1.
const fromOne = (index: number | undefined) => (index === undefined ? undefined : index + 1);

function Row(props: EmojiPickerListRowProps) {
  const counted = { ...props, 'aria-rowindex': fromOne(props['aria-rowindex']) };
  return <div {...counted} />;
}

function Emoji({ emoji, ...props }: EmojiPickerListEmojiProps) {
  const counted = { ...props, 'aria-colindex': fromOne(props['aria-colindex']) };
  return (
    <button {...counted} type="button" className="emoji">
      {emoji.emoji}
    </button>
  );
}
