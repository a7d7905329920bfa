import type { Translated } from '../../catalog.ts';
import type { desktop as source } from '../en/desktop.ts';

export const desktop: Translated<typeof source> = {
  'desktop.title': 'Desktop-App',
  'desktop.closeToTray': 'Weiterlaufen, wenn das Fenster geschlossen wird',
  'desktop.closeToTrayHint':
    'Parley bleibt im Infobereich, und Freunde können dich erreichen. Beendet wird es dort.',
  'desktop.noTray':
    'Dieses System zeigt keine Symbole im Infobereich: Wer das Fenster schließt, beendet Parley.',
  'desktop.startAtLogin': 'Beim Anmelden starten',
  'desktop.startAtLoginHint': 'Ohne Fenster: Freunde können dich von Anfang an erreichen.',
  'desktop.loginWaits':
    'macOS wartet auf deine Zustimmung: Systemeinstellungen › Allgemein › Anmeldeobjekte.',
  'desktop.spellCheck': 'Rechtschreibung prüfen',
  'desktop.spellCheckHint':
    'Mit den Wörterbüchern dieses Systems. Nichts wird geladen, nichts verlässt diesen Computer.',
  'desktop.autoUpdate': 'Nach neuen Versionen suchen',
  'desktop.autoUpdateHint':
    'Sie werden im Hintergrund geladen und starten Parley nie von selbst neu.',
  'desktop.update': 'Neue Versionen',
  'desktop.updateManual':
    'Auf diesem System ersetzt Parley sich nicht selbst. Installiere ein neueres Paket darüber.',
  'desktop.updateManualAt':
    'Auf diesem System ersetzt Parley sich nicht selbst. Neuere Pakete: {url}',
  'desktop.updateOff': 'Du suchst selbst nach neuen Versionen.',
  'desktop.updateIdle': 'Soweit Parley weiß, ist dies die neueste Version.',
  'desktop.updateChecking': 'Es wird nach einer neuen Version gesucht…',
  'desktop.updateDownloading': 'Eine neue Version wird geladen…',
  'desktop.updateReady':
    'Version {version} ist bereit. Sie gilt, sobald Parley neu gestartet wird.',
  'desktop.updateFailed':
    'Eine neue Version konnte nicht gesucht oder geladen werden. Parley versucht es später wieder.',
  'desktop.updateCheck': 'Jetzt suchen',
  'desktop.updateRestart': 'Jetzt neu starten',
  'desktop.reach.windows':
    'Wenn dich niemand erreicht: Die Firewall von Windows fragt nach jeder neuen Version wieder nach Parley. Erlaube es dort unter „Zugriff von Apps durch die Firewall zulassen“.',
  'desktop.reach.mac':
    'Wenn dein Netz nicht zu erreichen ist: Erlaube Parley in den Systemeinstellungen › Datenschutz & Sicherheit › Lokales Netzwerk.',
  'desktop.keysSystem':
    'Dein privater Schlüssel ist durch den Schlüsselbund dieses Systems geschützt.',
  'desktop.keysFile':
    'Dieses System bietet keinen Schlüsselbund, den Parley benutzen kann: Dein privater Schlüssel ist nur durch die Rechte seiner Datei geschützt.',
  'desktop.log':
    'Fehler werden in ein Protokoll auf diesem Computer geschrieben. Es enthält keine Nachrichten.',
  'desktop.openLog': 'Protokoll anzeigen',
  'desktop.saved': 'Gespeichert.',
};
