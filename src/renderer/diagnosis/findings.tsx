import type { Diagnosis, Finding, LayerResult } from '../../shared/model/diagnosis.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { AlertIcon, CheckIcon, InfoIcon, MinusIcon } from '../ui/icons.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { firstProblem, isBehindFailure } from './diagnosis-report.ts';

const ICONS: Readonly<Record<LayerResult, typeof CheckIcon>> = {
  ok: CheckIcon,
  warning: InfoIcon,
  failed: AlertIcon,
  skipped: MinusIcon,
};

/** Each layer as a question, with its answer. */
export function Findings({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useI18n();
  const listed = diagnosis.findings.filter((it) => it !== dialBackOf(diagnosis));
  const behind = listed.some((it) => isBehindFailure(diagnosis, it));
  return (
    <section>
      <h3>{t('help.steps')}</h3>
      <ol className="findings">
        {listed.map((finding) => (
          <FindingItem key={finding.layer} diagnosis={diagnosis} finding={finding} />
        ))}
      </ol>
      {behind && <p className="hint">{t('help.behind')}</p>}
    </section>
  );
}

function FindingItem({ diagnosis, finding }: { diagnosis: Diagnosis; finding: Finding }) {
  const { t, format } = useI18n();
  const { layer, result, problem, detail, ms } = finding;
  const ResultIcon = ICONS[result];
  const behind = isBehindFailure(diagnosis, finding);
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
        {result === 'skipped' && !behind && <p className="hint">{t('help.skipped')}</p>}
        {!behind && (
          <details className="technical">
            <summary>{t('help.technical')}</summary>
            <p lang="en" dir="ltr">
              {detail} ({format.number(ms)} ms)
            </p>
          </details>
        )}
      </div>
    </li>
  );
}

/** The answer to "can you reach me?". */
export function DialBack({ diagnosis, name }: { diagnosis: Diagnosis; name: string }) {
  const { t } = useI18n();
  const finding = dialBackOf(diagnosis);
  if (finding === null) return null;
  const { result, problem } = finding;
  const ResultIcon = ICONS[result];
  return (
    <section className={`dial-back finding finding-${result}`}>
      <ResultIcon size={18} />
      <div>
        <h3>
          <bdi>{t('help.backTitle', { name })}</bdi>
        </h3>
        {problem !== null && problem !== firstProblem(diagnosis) ? (
          <ProblemText problem={problem} />
        ) : (
          <p className="hint">
            {t(`help.back.${problem ? 'no' : result === 'ok' ? 'ok' : 'unknown'}`, { name })}
          </p>
        )}
      </div>
    </section>
  );
}

/** The finding of the dial-back, if it was made. */
function dialBackOf(diagnosis: Diagnosis): Finding | null {
  const finding = diagnosis.findings.find((it) => it.layer === 'dial-back');
  return finding === undefined || isBehindFailure(diagnosis, finding) ? null : finding;
}
