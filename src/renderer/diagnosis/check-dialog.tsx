import { useCallback, useEffect, useId, useState } from 'react';
import type { Diagnosis } from '../../shared/model/diagnosis.ts';
import type { Contact } from '../../shared/model/model.ts';
import type { Problem } from '../../shared/problems/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { useSelf, useStore } from '../state/use-store.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { AlertIcon, CheckIcon, InfoIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { firstProblem, reportText } from './diagnosis-report.ts';
import { DialBack, Findings } from './findings.tsx';

/** Examines the way to a contact and explains it: the outcome, the one thing to do, each step. */
export function CheckDialog({
  contact,
  onClose,
}: {
  contact: Pick<Contact, 'name' | 'addresses'>;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const version = useSelf()?.version ?? '';
  const id = useId();
  const { name, addresses } = contact;
  const [address, setAddress] = useState(addresses[0] ?? '');
  const { seen, run } = useDiagnosis(address);
  return (
    <Dialog title={t('help.title')} wide onClose={onClose}>
      <div className="check">
        <p className="hint">
          <bdi>{t('help.lead', { name })}</bdi>
        </p>
        {addresses.length > 1 && (
          <div className="field">
            <label htmlFor={id}>{t('help.address')}</label>
            <select
              id={id}
              dir="ltr"
              value={address}
              onChange={(it) => setAddress(it.target.value)}
            >
              {addresses.map((it) => (
                <option key={it}>{it}</option>
              ))}
            </select>
          </div>
        )}
        <div role="status" className="check-status">
          {seen.phase === 'running' ? (
            <p className="check-running">
              <span className="spinner" aria-hidden="true" />
              {t('help.running')}
            </p>
          ) : (
            seen.phase === 'done' && <Headline diagnosis={seen.diagnosis} />
          )}
        </div>
        <div role="alert">{seen.phase === 'failed' && <ProblemText problem={seen.problem} />}</div>
        {seen.phase === 'done' && (
          <>
            <DialBack diagnosis={seen.diagnosis} name={name} />
            <Findings diagnosis={seen.diagnosis} />
            <p className="hint">{t('help.reportHint')}</p>
          </>
        )}
        <div className="dialog-actions">
          <Button aria-disabled={seen.phase === 'running'} onClick={run}>
            {t('help.again')}
          </Button>
          {seen.phase === 'done' && (
            <CopyButton
              text={reportText(seen.diagnosis, version)}
              label={t('help.copyReport')}
              captioned
            />
          )}
        </div>
      </div>
    </Dialog>
  );
}

type Seen =
  | { readonly phase: 'running' }
  | { readonly phase: 'failed'; readonly problem: Problem }
  | { readonly phase: 'done'; readonly diagnosis: Diagnosis };

/** Runs the examination when the dialog opens, when the address changes, and when asked to. */
function useDiagnosis(address: string): { readonly seen: Seen; readonly run: () => void } {
  const { ask } = useStore();
  const [round, setRound] = useState(0);
  const [outcome, setOutcome] = useState<{ key: string; seen: Seen } | null>(null);
  const key = `${round} ${address}`;
  useEffect(() => {
    let current = true;
    void ask(({ chat }) => chat.diagnose({ address })).then((it) => {
      if (!current) return;
      const seen: Seen = it.ok
        ? { phase: 'done', diagnosis: it.value }
        : { phase: 'failed', problem: it.problem };
      setOutcome({ key, seen });
    });
    return () => {
      current = false;
    };
  }, [key, address, ask]);
  const seen: Seen = outcome?.key === key ? outcome.seen : { phase: 'running' };
  const running = seen.phase === 'running';
  const run = useCallback(() => {
    if (!running) setRound((it) => it + 1);
  }, [running]);
  return { seen, run };
}

function Headline({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t, problem } = useI18n();
  const { result, connected } = diagnosis;
  const first = firstProblem(diagnosis);
  const HeadIcon = { ok: CheckIcon, warning: InfoIcon, failed: AlertIcon }[result];
  return (
    <div className={`check-result check-${result}`}>
      <HeadIcon />
      <div>
        <p className="check-headline">{t(`help.result.${result}`)}</p>
        {connected && result !== 'ok' && (
          <p>
            <bdi>{t(`help.connected.${connected.calledBy}`, { name: connected.name })}</bdi>
          </p>
        )}
        {first && (
          <>
            <p>
              <bdi>{problem(first).cause}</bdi>
            </p>
            <p className="check-next">
              <strong>{t('help.next')}:</strong> <bdi>{problem(first).next}</bdi>
            </p>
          </>
        )}
      </div>
    </div>
  );
}
