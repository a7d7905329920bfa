import { identityCode } from '../../shared/address/identity-text.ts';
import type { Self } from '../../shared/model/model.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { CodeGroups } from '../ui/code-groups.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { TextSetting } from './text-setting.tsx';
import { useApply } from './use-apply.ts';

/** The user's own name, as others see it, and the code of the key. */
export function YouSection({ self }: { self: Self }) {
  const { t } = useI18n();
  const { result, busy, apply } = useApply();
  const { identity } = self;
  return (
    <section className="settings-section">
      <h3>{t('settings.you')}</h3>
      <TextSetting
        label={t('settings.name')}
        hint={t('settings.nameHint')}
        value={self.settings.name}
        result={result}
        busy={busy}
        onSave={(name) => void apply({ name }, (now) => t('settings.renamed', { name: now.name }))}
      />
      {identity !== null && (
        <div className="field">
          <div className="section-head">
            <h4>{t('settings.identity')}</h4>
            <CopyButton text={identityCode(identity)} label={t('contact.copyIdentity')} />
          </div>
          <CodeGroups code={identityCode(identity)} label={t('settings.identity')} />
          <p className="hint">{t('settings.identityHint')}</p>
        </div>
      )}
    </section>
  );
}
