import type { Translated } from '../../catalog.ts';
import type { notifications as source } from '../en/notifications.ts';

export const notifications: Translated<typeof source> = {
  'notifications.title': 'Benachrichtigungen',
  'notifications.legend': 'Was Benachrichtigungen zeigen',
  'notifications.hint': 'Sie erscheinen, während du nicht auf Parley schaust.',
  'notifications.level.text': 'Name und Nachricht',
  'notifications.level.name': 'Nur den Namen',
  'notifications.level.hidden': 'Weder Name noch Nachricht',
  'notifications.level.hiddenHint': 'Nur „Neue Nachricht“.',
  'notifications.level.off': 'Keine Benachrichtigungen',
  'notifications.set.text': 'Benachrichtigungen zeigen jetzt, wer geschrieben hat und was.',
  'notifications.set.name': 'Benachrichtigungen zeigen jetzt, wer geschrieben hat, aber nicht was.',
  'notifications.set.hidden':
    'Benachrichtigungen sagen jetzt nur noch, dass es eine neue Nachricht gibt.',
  'notifications.set.off': 'Benachrichtigungen sind aus.',
  'notifications.ask': 'Dein Browser muss Benachrichtigungen für diese Seite erst erlauben.',
  'notifications.allow': 'Benachrichtigungen erlauben',
  'notifications.notYet':
    'Der Browser hat es nicht erlaubt, darum wird noch nichts gezeigt. Wähle noch einmal, um wieder gefragt zu werden.',
  'notifications.denied':
    'Dein Browser lässt diese Seite keine Benachrichtigungen zeigen. Erlaube sie neben der Adresse in den Einstellungen für diese Seite und wähle noch einmal.',
  'notifications.deniedBySystem':
    'Dein System lässt Parley keine Benachrichtigungen zeigen. Erlaube sie in den Systemeinstellungen unter „Benachrichtigungen“ und wähle noch einmal.',
  'notifications.unsupported':
    'Hier können keine Benachrichtigungen gezeigt werden: Dieser Browser oder dieses System hat keine.',
  'notifications.muted':
    'Stumme Unterhaltungen benachrichtigen dich nicht. Wie viel ungelesen ist, siehst du trotzdem.',
  'notifications.new': '{count, plural, one {Neue Nachricht} other {# neue Nachrichten}}',
  'notifications.from':
    '{name} ({count, plural, one {# neue Nachricht} other {# neue Nachrichten}})',
};
