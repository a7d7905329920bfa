import type { Catalog } from '../../catalog.ts';
import { contact } from './contact.ts';
import { conversation } from './conversation.ts';
import { data } from './data.ts';
import { desktop } from './desktop.ts';
import { help } from './help.ts';
import { notifications } from './notifications.ts';
import { problems, terms } from './problems.ts';
import { reasons } from './reasons.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { talk } from './talk.ts';

export const catalog: Catalog = {
  messages: {
    ...shell,
    ...conversation,
    ...contact,
    ...settings,
    ...notifications,
    ...help,
    ...data,
    ...desktop,
    ...talk,
  },
  problems,
  reasons,
  terms,
};
