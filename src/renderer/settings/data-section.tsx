import { useCallback, useEffect, useState } from 'react';
import type { Bridge } from '../../shared/bridge/bridge.ts';
import type { DataInfo, Exported, Imported } from '../../shared/bridge/data-bridge.ts';
import type { Outcome } from '../../shared/bridge/outcome.ts';
import type { I18n } from '../i18n/i18n.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useStore } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DeleteEverything } from './delete-everything.tsx';
import { ResultText } from './result-text.tsx';
import type { Result } from './use-apply.ts';

type Work = 'exporting' | 'importing' | 'deleting';

/** Where the data is and how large, and the ways out, in and away. */
export function DataSection() {
  const { t, format } = useI18n();
  const { ask } = useStore();
  const [info, setInfo] = useState<DataInfo | null>(null);
  const [work, setWork] = useState<Work | null>(null);
  const [result, setResult] = useState<Result>(null);
  const [deleting, setDeleting] = useState(false);
  const refresh = useCallback(async () => {
    const outcome = await ask(({ data }) => data.dataInfo({}));
    if (outcome.ok) setInfo(outcome.value);
  }, [ask]);
  useEffect(() => void refresh(), [refresh]);
  const run = async <T,>(
    what: Work,
    task: (bridge: Bridge) => Promise<Outcome<T>>,
    said: (it: T) => Result,
  ) => {
    if (work !== null) return;
    setWork(what);
    setResult(null);
    const outcome = await ask(task);
    setWork(null);
    setResult(outcome.ok ? said(outcome.value) : outcome.problem);
    void refresh();
  };
  const way = (what: Work, kind: 'export' | 'import' | 'delete', onClick: () => unknown) => (
    <div className="field">
      <div>
        <Button
          look={kind === 'delete' ? 'danger' : 'secondary'}
          aria-disabled={work !== null}
          onClick={() => void onClick()}
        >
          {t(work === what ? `data.${what}` : `data.${kind}`)}
        </Button>
      </div>
      <p className="hint">{t(`data.${kind}Hint`)}</p>
    </div>
  );
  return (
    <section className="settings-section">
      <h3>{t('data.title')}</h3>
      {info !== null && (
        <div className="field">
          <div className="section-head">
            <h4>{t(info.folder === null ? 'data.memory' : 'data.where')}</h4>
            {info.folder !== null && <CopyButton text={info.folder} label={t('data.copyFolder')} />}
          </div>
          {info.folder !== null && (
            <>
              <p className="folder" dir="ltr">
                {info.folder}
              </p>
              <p className="hint">{t('data.size', { size: format.size(info.bytes) })}</p>
            </>
          )}
        </div>
      )}
      {way('exporting', 'export', () =>
        run(
          'exporting',
          ({ data }) => data.exportData({}),
          (it) => exportSaid(it, t),
        ),
      )}
      {way('importing', 'import', () =>
        run(
          'importing',
          ({ data }) => data.importData({}),
          (it) => importSaid(it, t),
        ),
      )}
      {way('deleting', 'delete', () => setDeleting(true))}
      <ResultText result={result} />
      {deleting && (
        <DeleteEverything
          onYes={() => {
            setDeleting(false);
            void run(
              'deleting',
              ({ chat }) => chat.deleteEverything({}),
              () => t('data.deleted'),
            );
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </section>
  );
}

function exportSaid(exported: Exported, t: I18n['t']): Result {
  switch (exported.type) {
    case 'saved':
      return t('data.exported', { file: exported.file });
    case 'download':
      return t('data.downloading');
    case 'cancelled':
      return null;
  }
}

function importSaid(imported: Imported, t: I18n['t']): Result {
  if (imported.type === 'cancelled') return null;
  const { contacts, messages, notTaken = [] } = imported;
  const added =
    contacts === 0 && messages === 0
      ? t('data.importedNothing')
      : t('data.imported', { contacts, messages });
  return [added, ...notTaken.map((what) => t(`data.notTaken.${what}`))].join(' ');
}
