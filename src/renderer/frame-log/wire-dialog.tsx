import { useMemo, useState } from 'react';
import type { Contact } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { Switch } from '../ui/switch.tsx';
import { entriesOf } from './entries.ts';
import { copyText, filtered, NO_FILTER } from './filter.ts';
import { useWireLog } from './use-wire-log.ts';
import { WireFilterBar } from './wire-filter-bar.tsx';
import { WireList } from './wire-list.tsx';

/** The log of a contact's connection: switched on and off, watched, narrowed down, copied. */
export function WireDialog({
  contact,
  onClose,
}: {
  contact: Pick<Contact, 'id' | 'name'>;
  onClose: () => void;
}) {
  const { t, format } = useI18n();
  const [paused, setPaused] = useState(false);
  const [filter, setFilter] = useState(NO_FILTER);
  const [bodies, setBodies] = useState(false);
  const { state, watch } = useWireLog(contact.id, paused);
  const entries = useMemo(() => entriesOf(state.frames), [state.frames]);
  const shown = useMemo(() => filtered(entries, filter, bodies), [entries, filter, bodies]);
  const { name } = contact;
  return (
    <Dialog title={t('wire.title')} wide onClose={onClose}>
      <div className="wire">
        <p className="hint">
          <bdi>{t('wire.what', { name })}</bdi>
        </p>
        <Switch
          label={t('wire.keep')}
          hint={t('wire.keepHint')}
          on={state.on === true}
          onChange={(on) => {
            setPaused(false);
            void watch(on);
          }}
        />
        <div role="alert">{state.problem && <ProblemText problem={state.problem} />}</div>
        {state.on === true && (
          <>
            <WireFilterBar filter={filter} onFilter={setFilter} />
            <Switch label={t('wire.bodies')} on={bodies} onChange={setBodies} />
            {state.dropped > 0 && (
              <p className="hint">{t('wire.dropped', { count: state.dropped })}</p>
            )}
            <WireList
              entries={shown}
              bodies={bodies}
              empty={t(entries.length === 0 ? 'wire.waiting' : 'wire.none')}
            />
            <div className="dialog-actions">
              <Button aria-pressed={paused} onClick={() => setPaused(!paused)}>
                {paused ? <PlayIcon size={18} /> : <PauseIcon size={18} />}
                {t(paused ? 'wire.resume' : 'wire.pause')}
              </Button>
              <span className="hint">{format.number(shown.length)}</span>
              <CopyButton
                text={() => copyText(shown, bodies)}
                label={t('wire.copyAll')}
                captioned
              />
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}
