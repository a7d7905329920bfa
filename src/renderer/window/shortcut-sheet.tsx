import { useI18n } from '../i18n/use-i18n.ts';
import { LOCAL_KEYS, SHORTCUT_IDS, SHORTCUTS, type Shortcut } from '../shortcuts/table.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Keys } from '../ui/keys.tsx';

/** All shortcuts, straight from their table. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <div className="sheet">
        <Group title={t('keys.groupWindow')} rows={SHORTCUT_IDS.map((id) => SHORTCUTS[id])} />
        {LOCAL_KEYS.map(({ title, rows }) => (
          <Group key={title} title={t(title)} rows={rows} />
        ))}
      </div>
    </Dialog>
  );
}

function Group({ title, rows }: { title: string; rows: readonly Shortcut[] }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ label, keys }) => (
          <div key={label} className="sheet-row">
            <dt>{t(label)}</dt>
            <dd>
              {keys.map((it, index) => (
                <span key={`${it.mod} ${it.alt} ${it.shift} ${it.key}`}>
                  {index > 0 && <span className="sheet-or"> {t('keys.or')} </span>}
                  <Keys combination={it} />
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
