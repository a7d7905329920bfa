import type { Translated } from '../../catalog.ts';
import type { settings as source } from '../en/settings.ts';

export const settings: Translated<typeof source> = {
  'settings.open': 'Einstellungen',
  'settings.title': 'Einstellungen',
  'settings.you': 'Du',
  'settings.reachability': 'Wer dich erreichen kann',
  'settings.privacy': 'Privatsphäre',
  'settings.appearance': 'Darstellung',
  'settings.about': 'Über Parley',
  'settings.save': 'Speichern',
  'settings.name': 'Dein Name',
  'settings.nameHint': 'Diesen Namen sehen andere.',
  'settings.renamed': 'Du heißt jetzt {name}.',
  'settings.identity': 'Dein Identitätscode',
  'settings.identityHint':
    'Andere können ihn mit dem vergleichen, was ihr Parley für dich anzeigt.',
  'settings.port': 'Port',
  'settings.portHint': 'Teil deiner Adresse: Wer die alte hat, braucht die neue von dir.',
  'settings.moved': 'Dein Port ist jetzt {port}.',

  'settings.reach': 'Wer darf dich erreichen?',
  'settings.reach.this-computer': 'Nur dieser Computer',
  'settings.reach.this-computerHint':
    'Sonst kann dich niemand anrufen. Du kannst trotzdem andere anrufen.',
  'settings.reach.network': 'Mein Netz',
  'settings.reach.networkHint':
    'Alle in deinem Netz können dir schreiben. Wen du nicht kennst, landet in den Anfragen.',
  'settings.reachNow': 'Du bist erreichbar unter',
  'settings.reached.this-computer': 'Ab jetzt kann dich nur dieser Computer erreichen.',
  'settings.reached.network': 'Ab jetzt kann dich dein Netz erreichen.',

  'settings.openContract': 'Anrufe ohne Verschlüsselung',
  'settings.openContractHint':
    'Andere Cap’n-Web-Programme können dir ungeprüft und unverschlüsselt schreiben. Sie sind so gekennzeichnet.',
  'settings.openContract.this-computer': 'Nur von diesem Computer',
  'settings.openContract.network': 'Auch aus dem Netz',
  'settings.openContractSaved.this-computer':
    'Unverschlüsselte Anrufe werden jetzt nur von diesem Computer beantwortet.',
  'settings.openContractSaved.network':
    'Unverschlüsselte Anrufe werden jetzt auch aus dem Netz beantwortet.',

  'settings.receipts': 'Anderen mitteilen, was du gelesen hast',
  'settings.receiptsHint': 'Sie sehen „Gelesen“ unter ihren Nachrichten.',
  'settings.receiptsOn': 'Andere sehen jetzt, was du gelesen hast.',
  'settings.receiptsOff': 'Andere sehen nicht mehr, was du gelesen hast.',
  'settings.typing': 'Anderen mitteilen, dass du schreibst',
  'settings.typingHint': 'Sie sehen, dass du schreibst, aber nie, was.',
  'settings.typingOn': 'Andere sehen jetzt, dass du schreibst.',
  'settings.typingOff': 'Andere sehen nicht mehr, dass du schreibst.',

  'settings.theme': 'Design',
  'settings.theme.system': 'Wie das System',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.textSize': 'Schriftgröße',
  'settings.textSize.small': 'Klein',
  'settings.textSize.standard': 'Normal',
  'settings.textSize.large': 'Groß',
  'settings.textSize.largest': 'Sehr groß',
  'settings.language': 'Sprache',
  'settings.language.system': 'Wie das System',
  'settings.version': 'Parley {version}',
  'settings.shortcuts': 'Tastenkürzel',
};
