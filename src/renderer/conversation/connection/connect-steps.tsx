import { CONNECT_STEPS, type ConnectStep } from '../../../shared/model/model.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { CheckIcon } from '../../ui/icons.tsx';

/** The four steps of connecting, with the current one. */
export function ConnectSteps({ step }: { step: ConnectStep }) {
  const current = CONNECT_STEPS.indexOf(step);
  const { t } = useI18n();
  return (
    <div className="steps">
      <ol aria-label={t('connect.progress')}>
        {CONNECT_STEPS.map((it, index) => {
          const state = index < current ? 'done' : index === current ? 'now' : 'todo';
          const said = {
            done: t('connect.stepDone'),
            now: t('connect.stepNow'),
            todo: t('connect.stepTodo'),
          }[state];
          return (
            <li
              key={it}
              className={`step step-${state}`}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              <span className="step-dot" aria-hidden="true">
                {state === 'done' ? <CheckIcon size={14} /> : index + 1}
              </span>
              <span className="step-name">
                {t(`connect.step.${it}`)} <span className="visually-hidden">{said}</span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="step-hint" role="status">
        {t(`connect.doing.${step}`)}
      </p>
    </div>
  );
}
