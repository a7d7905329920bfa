import { REACHES, type Reach, type Self } from '../../shared/model/model.ts';
import { problem } from '../../shared/problems/problem.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { Choice } from '../ui/choice.tsx';
import { ProblemText } from '../ui/problem-text.tsx';
import { ResultText } from './result-text.tsx';
import { TextSetting } from './text-setting.tsx';
import { useApply } from './use-apply.ts';

/** Who can reach us, on which port, at which addresses, and whether without encryption. */
export function ReachSection({ self }: { self: Self }) {
  const { t } = useI18n();
  const { settings } = self;
  const port = useApply();
  const reach = useApply();
  const open = useApply();
  const savePort = (text: string) => {
    const number = portOf(text);
    if (number === null) port.setResult(problem('port-invalid', { port: text.trim() || '“”' }));
    else void port.apply({ port: number }, (now) => t('settings.moved', { port: now.port }));
  };
  return (
    <section className="settings-section">
      <h3>{t('settings.reachability')}</h3>
      <div className="field">
        <ReachChoice
          value={settings.reach}
          onChoose={(value) =>
            void reach.apply({ reach: value }, () => t(`settings.reached.${value}`))
          }
        />
        <ResultText result={reach.result} />
        <ReachableAt self={self} />
      </div>
      <TextSetting
        label={t('settings.port')}
        hint={t('settings.portHint')}
        value={String(self.listening?.port ?? settings.port)}
        input={{ className: 'port', dir: 'ltr', inputMode: 'numeric' }}
        result={port.result}
        busy={port.busy}
        onSave={savePort}
      />
      <div className="field">
        <Choice
          legend={t('settings.openContract')}
          hint={t('settings.openContractHint')}
          value={settings.openContract}
          options={REACHES.map((value) => ({ value, label: t(`settings.openContract.${value}`) }))}
          onChoose={(value) =>
            void open.apply({ openContract: value }, () => t(`settings.openContractSaved.${value}`))
          }
        />
        <ResultText result={open.result} />
      </div>
    </section>
  );
}

/** Who can reach us. */
export function ReachChoice(props: { value: Reach; onChoose: (reach: Reach) => void }) {
  const { t } = useI18n();
  const options = REACHES.map((value) => ({
    value,
    label: t(`settings.reach.${value}`),
    hint: t(`settings.reach.${value}Hint`),
  }));
  return <Choice legend={t('settings.reach')} options={options} {...props} />;
}

function ReachableAt({ self }: { self: Self }) {
  const { t } = useI18n();
  if (self.problem) return <ProblemText problem={self.problem} />;
  return (
    <div className="reach-now">
      <h4>{t('settings.reachNow')}</h4>
      <ul>
        {self.addresses.map(({ address, kind }) => (
          <li key={address}>
            <bdi className="address">{address}</bdi>{' '}
            <span className="hint">{t(`own.kind.${kind}`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function portOf(text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}
