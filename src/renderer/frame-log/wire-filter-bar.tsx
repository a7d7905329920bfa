import { useI18n } from '../i18n/use-i18n.ts';
import type { WireFilter } from './filter.ts';

const DIRECTIONS = ['sent', 'received'] as const;
const KINDS = ['calls', 'answers', 'upkeep'] as const;

/** The filters of the log: a text, a direction, a kind. */
export function WireFilterBar({
  filter,
  onFilter,
}: {
  filter: WireFilter;
  onFilter: (filter: WireFilter) => void;
}) {
  const { t } = useI18n();
  return (
    <div className="wire-filter">
      <input
        type="search"
        dir="auto"
        aria-label={t('wire.search')}
        placeholder={t('wire.search')}
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <select
        aria-label={t('wire.direction')}
        value={filter.direction ?? ''}
        onChange={({ target }) =>
          onFilter({ ...filter, direction: DIRECTIONS.find((it) => it === target.value) ?? null })
        }
      >
        <option value="">{t('wire.direction.all')}</option>
        {DIRECTIONS.map((it) => (
          <option key={it} value={it}>
            {t(`wire.${it}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('wire.kind')}
        value={filter.group ?? ''}
        onChange={({ target }) =>
          onFilter({ ...filter, group: KINDS.find((it) => it === target.value) ?? null })
        }
      >
        <option value="">{t('wire.kind.all')}</option>
        {KINDS.map((it) => (
          <option key={it} value={it}>
            {t(`wire.kind.${it}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
