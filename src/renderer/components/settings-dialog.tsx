import { type FormEvent, useId, useState } from 'react';
import type { Self, Settings } from '../../shared/model.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Dialog } from './dialog.tsx';
import { ProblemText } from './problem-text.tsx';

/** Name and port. Stays open, with the reason, when they cannot be saved. */
export function SettingsDialog({
  self,
  onSave,
  onClose,
}: {
  self: Self;
  /** Resolves to what is wrong, or null when it is saved. */
  onSave: (change: Pick<Settings, 'name' | 'port'>) => Promise<Problem | null>;
  onClose: () => void;
}) {
  const id = useId();
  const { t } = useI18n();
  const [name, setName] = useState(self.settings.name);
  const [port, setPort] = useState(String(self.listening?.port ?? self.settings.port));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const number = portOf(port);
    if (number === null) {
      setFailure(problem('port-invalid', { port: port.trim() === '' ? '“”' : port.trim() }));
      return;
    }
    setBusy(true);
    const outcome = await onSave({ name, port: number });
    setBusy(false);
    setFailure(outcome);
  };
  return (
    <Dialog title={t('settings.title')} onClose={onClose}>
      <form className="fields" onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor={`${id}-name`}>{t('settings.name')}</label>
          <input
            id={`${id}-name`}
            value={name}
            dir="auto"
            autoComplete="off"
            aria-describedby={`${id}-name-hint`}
            onChange={(event) => setName(event.target.value)}
          />
          <p className="hint" id={`${id}-name-hint`}>
            {t('settings.nameHint')}
          </p>
        </div>
        <div className="field">
          <label htmlFor={`${id}-port`}>{t('settings.port')}</label>
          <input
            id={`${id}-port`}
            className="port"
            value={port}
            dir="ltr"
            inputMode="numeric"
            autoComplete="off"
            aria-describedby={`${id}-port-hint`}
            onChange={(event) => setPort(event.target.value)}
          />
          <p className="hint" id={`${id}-port-hint`}>
            {t('settings.portHint')}
          </p>
        </div>
        <div role="alert">{failure && <ProblemText problem={failure} />}</div>
        <div className="dialog-actions">
          <span className="hint">{t('settings.version', { version: self.version })}</span>
          <button type="submit" className="button-primary" aria-disabled={busy}>
            {t('settings.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function portOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}
