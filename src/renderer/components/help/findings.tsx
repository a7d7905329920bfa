import type { Diagnosis, Finding, LayerResult } from '../../../shared/diagnosis.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { firstProblem, isBehindFailure } from '../../state/diagnosis-report.ts';
import { AlertIcon, CheckIcon, InfoIcon, MinusIcon } from '../icons.tsx';
import { ProblemText } from '../problem-text.tsx';

const ICONS: Readonly<Record<LayerResult, typeof CheckIcon>> = {
  ok: CheckIcon,
  warning: InfoIcon,
  failed: AlertIcon,
  skipped: MinusIcon,
};

/** Each step of the way as a question, with its answer. */
export function Findings({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{t('help.steps')}</h3>
      <ol className="findings">
        {diagnosis.findings.map((finding) => (
          <FindingItem key={finding.layer} diagnosis={diagnosis} finding={finding} />
        ))}
      </ol>
    </section>
  );
}

function FindingItem({ diagnosis, finding }: { diagnosis: Diagnosis; finding: Finding }) {
  const { t, format } = useI18n();
  const { layer, result, problem, detail, ms } = finding;
  const ResultIcon = ICONS[result];
  return (
    <li className={`finding finding-${result}`}>
      <ResultIcon size={18} />
      <div>
        <p className="finding-question">
          {t(`help.layer.${layer}`)}{' '}
          <span className="finding-said">{t(`help.said.${result}`)}</span>
        </p>
        {problem !== null && problem !== firstProblem(diagnosis) && (
          <ProblemText problem={problem} />
        )}
        {result === 'ok' && <p className="hint">{t(`help.fine.${layer}`)}</p>}
        {result === 'skipped' && (
          <p className="hint">
            {t(isBehindFailure(diagnosis, finding) ? 'help.behind' : 'help.skipped')}
          </p>
        )}
        <details className="technical">
          <summary>{t('help.technical')}</summary>
          <p lang="en" dir="ltr">
            {detail} ({format.number(ms)} ms)
          </p>
        </details>
      </div>
    </li>
  );
}

/** The answer to "can you reach me?". */
export function DialBack({ diagnosis, name }: { diagnosis: Diagnosis; name: string }) {
  const { t } = useI18n();
  const finding = diagnosis.findings.find((it) => it.layer === 'dial-back');
  if (finding === undefined || isBehindFailure(diagnosis, finding)) return null;
  const { result, problem } = finding;
  const ResultIcon = ICONS[result];
  return (
    <section className={`dial-back finding finding-${result}`}>
      <ResultIcon size={18} />
      <div>
        <h3>
          <bdi>{t('help.backTitle', { name })}</bdi>
        </h3>
        {problem ? (
          <ProblemText problem={problem} />
        ) : (
          <p className="hint">
            {t(result === 'ok' ? 'help.back.ok' : 'help.back.unknown', { name })}
          </p>
        )}
      </div>
    </section>
  );
}
