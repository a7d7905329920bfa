import type { Notice } from '../../shared/bridge/host-bridge.ts';
import { displayName } from '../../shared/model/text.ts';
import type { I18n } from '../i18n/i18n.ts';
import type { NoticeLevel } from '../preferences/preferences.ts';
import type { NoticeContent } from './notices.ts';

/** What of a message is looked at for its first line. UTF-16 units. */
const LOOKED_AT = 2_000;
/** Characters, as people count them, of a message or a name in a notification. */
const LONGEST_TEXT = 160;
const LONGEST_NAME = 60;

const APP_NAME = 'Parley';

/** The words of a notification; never more than `level` allows. */
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

/** What others wrote, plain: one line, nothing that turns the rest around, `longest` characters. */
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

/** Keeps what runs the other way from turning what the system puts around it. */
function isolated(text: string, dir: 'ltr' | 'rtl'): string {
  return dir === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}
