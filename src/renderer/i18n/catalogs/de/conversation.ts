import type { Translated } from '../../catalog.ts';
import type { conversation as source } from '../en/conversation.ts';

export const conversation: Translated<typeof source> = {
  'conversation.back': 'Zurück zu den Unterhaltungen',
  'conversation.details': 'Angaben zum Kontakt',
  'conversation.encrypted': 'Verschlüsselt',
  'conversation.openMark': 'Ungeprüft, nicht verschlüsselt',
  'conversation.openWhy':
    'Nichts beweist, wer unter dieser Adresse antwortet, und andere im Netz könnten mitlesen.',
  'conversation.guestMark': 'Antworten nicht möglich',
  'conversation.guestWhy':
    'Hier hat jemand angerufen, ohne eine Adresse zu hinterlassen. Frag danach und verbinde dich mit ihr, um zu antworten.',
  'conversation.guestWhyShort':
    'Nichts beweist, wer angerufen hat, und es gibt keine Adresse für eine Antwort.',
  'conversation.offline': 'Offline',
  'conversation.retryIn':
    'Nächster Versuch in {seconds, plural, one {# Sekunde} other {# Sekunden}}',
  'conversation.retryNow': 'Neuer Versuch läuft …',
  'conversation.noRetry': 'Parley versucht es nicht von selbst noch einmal.',
  'conversation.requestTitle': '{name} möchte mit dir schreiben',
  'conversation.requestHint': 'Nimm an, um zu antworten, oder blockiere, um nichts mehr zu hören.',
  'conversation.accept': 'Annehmen',
  'conversation.block': 'Blockieren',
  'conversation.unblock': 'Blockierung aufheben',
  'conversation.blockedTitle': 'Du hast {name} blockiert',
  'conversation.blockedHint': 'Nichts davon erreicht dich mehr.',

  'away.offline': '{name} ist offline.',
  'away.unreachable': '{name} ist gerade nicht erreichbar.',
  'away.waits': 'Was du schreibst, wird bei der nächsten Verbindung gesendet.',
  'away.details': 'Mehr dazu',
  'attempt.edit': 'Adresse ändern',
  'attempt.remove': 'Entfernen',
  'attempt.field': 'Adresse',
  'attempt.listed': 'Noch nicht erreicht',
  'attempt.sureTitle': '{address} entfernen?',
  'attempt.sure': 'Was du dort geschrieben hast, wird gelöscht.',

  'broken.message': 'Diese Nachricht lässt sich nicht anzeigen.',
  'broken.row': 'Diese Unterhaltung lässt sich nicht auflisten.',
  'broken.conversation': 'Diese Unterhaltung lässt sich nicht anzeigen.',
  'broken.dialog': 'Das lässt sich gerade nicht anzeigen.',
  'broken.window': 'Parley kann sein Fenster nicht anzeigen.',
  'broken.rest': 'Alles andere geht weiter. Bitte melde das.',
  'broken.copy': 'Bericht kopieren',
  'broken.copied': 'Der Bericht ist kopiert.',
  'broken.reload': 'Neu laden',

  'messages.label': 'Nachrichten',
  'messages.sendAgain': 'Noch einmal senden',
  'messages.delete': 'Löschen',
  'messages.forget': 'Verwerfen',
  'messages.older': 'Ältere Nachrichten werden geladen …',
  'messages.start': 'Hier beginnt die Unterhaltung.',
  'messages.emptyOnline': 'Ihr seid verbunden. Sag hallo.',
  'messages.emptyUnanswered':
    'Sag zuerst hallo: Solange du nichts schreibst, sieht die andere Person nicht, dass du verbunden bist.',
  'messages.emptyWaiting': 'Du kannst jetzt schreiben. Gesendet wird, sobald ihr verbunden seid.',
  'messages.emptyClosed': 'Noch nichts hier.',
  'messages.jump': 'Zur neuesten springen',
  'messages.newCount': '{count, plural, one {# neue Nachricht} other {# neue Nachrichten}}',
  'messages.announce': '{name}: {body}',
  'messages.announceMany':
    '{count, plural, one {# neue Nachricht} other {# neue Nachrichten}} von {name}',

  'delivery.queued': 'Wartet',
  'delivery.sending': 'Wird gesendet',
  'delivery.delivered': 'Zugestellt',
  'delivery.read': 'Gelesen',
  'delivery.unconfirmed': 'Nicht bestätigt',
  'delivery.failed': 'Fehlgeschlagen',

  'composer.label': 'Nachricht',
  'composer.placeholder': 'Nachricht schreiben',
  'composer.placeholderOffline': 'Nachricht (wird gesendet, wenn die andere Seite wieder da ist)',
  'composer.send': 'Senden',
  'composer.hint': 'Die Eingabetaste sendet, Umschalt+Eingabe beginnt eine neue Zeile',
  'composer.count': '{used} von {limit}',

  'when.today': 'Heute',
  'when.yesterday': 'Gestern',
};
