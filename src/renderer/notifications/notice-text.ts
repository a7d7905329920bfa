import type { Notice } from '../../shared/model/notice.ts';
import type { NoticeLevel } from '../../shared/model/preferences.ts';
import { displayName } from '../../shared/model/text.ts';
import type { I18n } from '../i18n/i18n.ts';
import type { NoticeContent } from './notices.ts';

/** How much of a message is searched for its first line. UTF-16 units. */
const LOOKED_AT = 2_000;
/** Maximum length of a text or a name in a notification, grapheme clusters. */
const LONGEST_TEXT = 160;
const LONGEST_NAME = 60;

const APP_NAME = 'Parley';

/** The texts of a notification; never more than `level` allows. */
export function noticeText(
  content: NoticeContent,
  level: Exclude<NoticeLevel, 'off'>,
  { t, locale, dir }: Pick<I18n, 't' | 'locale' | 'dir'>,
): Notice {
  const { contactId, count } = content;
  const news = t('notifications.new', { count });
  if (level === 'hidden') return { contactId, count, title: APP_NAME, body: news };
  const name = oneLine(content.name, LONGEST_NAME, locale) || APP_NAME;
  const text = level === 'text' ? oneLine(content.text ?? '', LONGEST_TEXT, locale) : '';
  if (text === '') return { contactId, count, title: isolated(name, dir), body: news };
  const title = count > 1 ? t('notifications.from', { name, count }) : isolated(name, dir);
  return { contactId, count, title, body: isolated(text, dir) };
}

/**
 * Remote text as one plain line, without characters that reorder the rest, of at most `longest`
 * characters.
 */
function oneLine(text: string, longest: number, locale: string): string {
  const plain = displayName(text.slice(0, LOOKED_AT), { nameBytes: LOOKED_AT * 3 });
  const parts = new Intl.Segmenter(locale, { granularity: 'grapheme' }).segment(plain);
  let short = '';
  let count = 0;
  for (const { segment } of parts) {
    if (count === longest) return `${short.trimEnd()}…`;
    short += segment;
    count += 1;
  }
  return text.length > LOOKED_AT ? `${short}…` : short;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Isolates text in the other direction from the system's text around it. */
function isolated(text: string, dir: 'ltr' | 'rtl'): string {
  return dir === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
