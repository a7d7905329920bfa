import { createContext, useContext } from 'react';
import * as english from './catalogs/en/index.ts';
import { createI18n, type I18n } from './i18n.ts';

/** The language that the page is shown in; English until a provider says otherwise. */
export const I18nContext = createContext<I18n>(
  createI18n({ language: 'en', locale: 'en' }, english),
);

/** The texts and formats of the page's language; a component is rendered again when it changes. */
export function useI18n(): I18n {
  return useContext(I18nContext);
}
