import { SENTENCES } from '../../../../shared/problems/problem-sentences.ts';
import type { Catalog } from '../../catalog.ts';
import { contact } from './contact.ts';
import { conversation } from './conversation.ts';
import { data } from './data.ts';
import { desktop } from './desktop.ts';
import { help } from './help.ts';
import { notifications } from './notifications.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { talk } from './talk.ts';

export const messages = {
  ...shell,
  ...conversation,
  ...contact,
  ...settings,
  ...notifications,
  ...help,
  ...data,
  ...desktop,
  ...talk,
} as const;

/**
 * English, the source of all others. Problems arrive from the core in English already, except that
 * a page can mark what is somebody else's words, and writes amounts as the reader's country does.
 */
export const catalog: Catalog = {
  messages,
  problems: {
    'call-failed': [SENTENCES['call-failed'].cause, SENTENCES['call-failed'].next],
    'message-too-long': [SENTENCES['message-too-long'].cause, SENTENCES['message-too-long'].next],
    'name-too-long': [SENTENCES['name-too-long'].cause, SENTENCES['name-too-long'].next],
  },
  reasons: {},
  terms: {},
};
