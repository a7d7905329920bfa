import { CONNECT_STEPS, type ConnectStep } from '../../shared/model.ts';
import { strings } from '../strings.ts';
import { CheckIcon } from './icons.tsx';

/** The four steps of connecting, with the one that is under way. */
export function ConnectSteps({ step }: { step: ConnectStep }) {
  const current = CONNECT_STEPS.indexOf(step);
  const text = strings.connect;
  return (
    <div className="steps">
      <ol aria-label={text.progress}>
        {CONNECT_STEPS.map((it, index) => {
          const state = index < current ? 'done' : index === current ? 'now' : 'todo';
          const said = { done: text.stepDone, now: text.stepNow, todo: text.stepTodo }[state];
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
                {text.steps[it]} <span className="visually-hidden">{said}</span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="step-hint" role="status">
        {text.stepHints[step]}…
      </p>
    </div>
  );
}
