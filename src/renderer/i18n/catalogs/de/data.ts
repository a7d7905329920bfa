import type { Translated } from '../../catalog.ts';
import type { data as source } from '../en/data.ts';

export const data: Translated<typeof source> = {
  'data.title': 'Daten',
  'data.where': 'Alles liegt auf diesem Computer',
  'data.memory':
    'Nichts wird auf der Festplatte aufgehoben: Mit dem Ende von Parley ist alles weg.',
  'data.size': '{size} auf der Festplatte',
  'data.copyFolder': 'Pfad des Ordners kopieren',
  'data.export': 'Exportieren …',
  'data.exportHint':
    'Alle Kontakte und Nachrichten in einer Textdatei. Sie ist nicht verschlüsselt: Bewahre sie dort auf, wo sie niemand sonst lesen kann. Dein privater Schlüssel ist nicht darin.',
  'data.exporting': 'Wird exportiert …',
  'data.exported': 'Exportiert nach {file}.',
  'data.downloading': 'Dein Browser speichert die Datei.',
  'data.import': 'Importieren …',
  'data.importHint': 'Fügt alles aus einem Export hinzu, was hier noch fehlt.',
  'data.importing': 'Wird importiert …',
  'data.imported':
    '{contacts, plural, one {# Kontakt} other {# Kontakte}} und {messages, plural, one {# Nachricht} other {# Nachrichten}} hinzugefügt.',
  'data.importedNothing': 'Alles aus dieser Datei war schon da.',
  'data.notTaken.reach':
    'Dort, wo die Datei herkommt, war Parley aus dem Netz erreichbar. Hier bleibt es, wie es ist: Ändern kannst du es unter „Erreichbarkeit“.',
  'data.notTaken.openContract':
    'Dort wurden auch Anrufe ohne Verschlüsselung aus dem Netz beantwortet. Hier bleibt es, wie es ist: Ändern kannst du es unter „Anrufe ohne Verschlüsselung“.',
  'data.notTaken.verified':
    'Einige Kontakte waren dort geprüft. Eine Datei kann das nicht beweisen: Vergleiche ihre Sicherheitsnummern hier noch einmal.',
  'data.notTaken.own':
    'Einer der Kontakte in der Datei bist du selbst: Diese Unterhaltung wurde ausgelassen.',
  'data.delete': 'Alles löschen …',
  'data.deleteHint': 'Dein Name, deine Einstellungen und dein Schlüssel bleiben erhalten.',
  'data.deleteTitle': 'Alles löschen?',
  'data.deleteSure':
    'Alle Kontakte und alle Nachrichten werden von diesem Computer gelöscht. Das lässt sich nicht rückgängig machen. Andere behalten, was du ihnen gesendet hast.',
  'data.deleteWord': 'löschen',
  'data.deleteType': 'Tippe zur Bestätigung „{word}“:',
  'data.deleteYes': 'Alles löschen',
  'data.deleting': 'Wird gelöscht …',
  'data.deleted': 'Alle Kontakte und Nachrichten sind gelöscht.',

  'about.licence': 'Freie Software unter der MIT-Lizenz, ohne jede Gewähr.',
  'about.protocol': 'Spricht Cap’n Web, ein offenes Protokoll, beschrieben unter',
  'about.seenTitle': 'Was andere von dir sehen können',
  'about.seenNobody': 'Kein Server ist beteiligt, also sieht kein Unternehmen etwas.',
  'about.seenContacts':
    'Deine Kontakte sehen deinen Namen, deinen Identitätscode, die Adresse, von der du anrufst, und ob dein Parley läuft.',
  'about.seenKnock':
    'Wer deine Adresse erreichen kann, kann erfahren, dass dort Parley läuft, wie du heißt und wie viele Nachrichten du erhalten hast.',
  'about.seenRead': 'Sie sehen, was du gelesen hast.',
  'about.seenNotRead': 'Sie sehen nicht, was du gelesen hast.',
  'about.seenTyping': 'Sie sehen, dass du schreibst.',
  'about.seenNotTyping': 'Sie sehen nicht, dass du schreibst.',
  'about.seenWay':
    'Das Netz dazwischen sieht, wer sich mit wem verbindet, aber nicht, was du schreibst.',
};
