import { useId } from 'react';
import { TEXT_SIZES, THEMES } from '../../shared/model/preferences.ts';
import { LANGUAGE_TAGS, LANGUAGES } from '../i18n/languages.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { Choice } from '../ui/choice.tsx';

/** The look and the language of the page. Changes apply at once. */
export function AppearanceSection() {
  const { t } = useI18n();
  const id = useId();
  const [{ theme, textSize, language }, change] = usePreferences();
  return (
    <section className="settings-section">
      <h3>{t('settings.appearance')}</h3>
      <Choice
        legend={t('settings.theme')}
        layout="row"
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        onChoose={(value) => change({ theme: value })}
      />
      <Choice
        legend={t('settings.textSize')}
        layout="row"
        value={textSize}
        options={TEXT_SIZES.map((value) => ({ value, label: t(`settings.textSize.${value}`) }))}
        onChoose={(value) => change({ textSize: value })}
      />
      <div className="field">
        <label htmlFor={id}>{t('settings.language')}</label>
        <select
          id={id}
          value={language}
          onChange={({ target }) =>
            change({ language: LANGUAGE_TAGS.find((it) => it === target.value) ?? 'system' })
          }
        >
          <option value="system">{t('settings.language.system')}</option>
          {LANGUAGE_TAGS.map((tag) => (
            <option key={tag} value={tag} lang={tag} dir={LANGUAGES[tag].dir}>
              {LANGUAGES[tag].name}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}
