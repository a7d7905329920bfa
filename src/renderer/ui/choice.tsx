import { type ReactNode, useId } from 'react';

export interface ChoiceOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** One of several options, as native radio buttons: the arrow keys move, Tab enters and leaves. */
export function Choice<Value extends string>({
  legend,
  hint,
  options,
  value,
  onChoose,
  layout = 'list',
}: {
  legend: string;
  hint?: ReactNode;
  options: readonly ChoiceOption<Value>[];
  value: Value;
  onChoose: (value: Value) => void;
  /** `list`: below each other, with hints; `row`: short words side by side. */
  layout?: 'list' | 'row';
}) {
  const id = useId();
  return (
    <fieldset className="choice" aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{legend}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className={`choice-${layout}`}>
        {options.map((option) => (
          <label key={option.value} className="choice-option">
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              aria-describedby={option.hint ? `${id}-${option.value}` : undefined}
              onChange={() => onChoose(option.value)}
            />
            <span className="choice-text">
              <span>{option.label}</span>
              {option.hint && (
                <span className="hint" id={`${id}-${option.value}`} aria-hidden="true">
                  {option.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
