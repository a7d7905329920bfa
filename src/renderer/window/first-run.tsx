import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Reach, Self, Settings } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { ReachChoice } from '../settings/reach-section.tsx';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';

/** The only questions there are before the first chat. Nothing waits for their answers. */
export function FirstRun({
  self,
  onDone,
}: {
  self: Self;
  /** Resolves to what is wrong, or null when the answers are kept. */
  onDone: (answers: Pick<Settings, 'name' | 'reach'>) => Promise<Problem | null>;
}) {
  const { t } = useI18n();
  const id = useId();
  const [name, setName] = useState(self.settings.name);
  const [reach, setReach] = useState<Reach>(self.settings.reach);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const outcome = await onDone({ name, reach });
    setBusy(false);
    setFailure(outcome);
  };
  return (
    <form className="welcome first-run" onSubmit={submit} noValidate>
      <Mark size={56} />
      <h1>{t('first.title')}</h1>
      <p className="welcome-lead">{t('first.lead')}</p>
      <div className="first-questions">
        <div className="field">
          <label htmlFor={id}>{t('settings.name')}</label>
          <input
            ref={field}
            id={id}
            value={name}
            dir="auto"
            autoComplete="off"
            aria-invalid={failure !== null}
            aria-describedby={`${id}-hint`}
            onChange={(event) => setName(event.target.value)}
          />
          <p className="hint" id={`${id}-hint`}>
            {t('settings.nameHint')}
          </p>
        </div>
        <ReachChoice value={reach} onChoose={setReach} />
        <div role="alert">{failure && <ProblemText problem={failure} />}</div>
        <Button look="primary" type="submit" aria-disabled={busy}>
          {t('first.start')}
        </Button>
      </div>
    </form>
  );
}
