import type { Catalog } from '../../catalog.ts';

export const problems: Catalog['problems'] = {
  'bad-address': ['{reason}', 'Gib eine Adresse wie 192.168.1.20:8080 oder eine Einladung ein.'],
  'own-address': [
    '{address} ist deine eigene Adresse.',
    'Gib die Adresse der anderen Person ein: Ihre App zeigt sie an.',
  ],
  'name-not-found': [
    'Es wurde kein Computer namens {host} gefunden.',
    'Prüfe die Schreibweise oder verwende die Zahlen (wie 192.168.1.20:8080) statt des Namens.',
  ],
  refused: [
    '{host} wurde erreicht, aber auf Port {port} nimmt nichts Anrufe an.',
    'Bitte die andere Person, Parley dort zu starten, und vergleicht den Port.',
  ],
  unreachable: [
    'Es führt kein Weg zu {host}.',
    'Prüfe, ob beide Computer im selben Netz oder VPN sind.',
  ],
  'timed-out': [
    '{host} hat auf Port {port} nicht geantwortet.',
    'Prüfe, ob der Computer eingeschaltet und im selben Netz ist und ob seine Firewall Port {port} zulässt.',
  ],
  'not-a-peer': [
    'Unter {host}:{port} läuft etwas anderes, nicht Parley.',
    'Prüfe den Port: Er steht neben der Adresse in der App der anderen Person.',
  ],
  'turned-away': [
    '{host} antwortet, nimmt deine Verbindung aber nicht an.',
    'Warum, sagt die Gegenseite nicht: Vielleicht bist du dort blockiert, oder es rufen gerade zu viele an. Frag auf einem anderen Weg nach.',
  ],
  'call-refused': [
    '{host} antwortet, hat diesen Anruf aber abgelehnt: {reason}',
    'Die Gegenseite entscheidet, wem sie antwortet: Sag dort Bescheid, was sie gemeldet hat.',
  ],
  'secure-failed': [
    'Die verschlüsselte Verbindung zu {host}:{port} kam nicht zustande.',
    'Versuch es erneut; bleibt es dabei, prüft, ob beide Kopien aktuell sind.',
  ],
  'identity-changed': [
    'Unter {address} antwortet eine andere Identität als die, die du als {name} kennst.',
    'Sende nichts, bevor du {name} auf einem anderen Weg gefragt hast, ob Parley neu installiert wurde.',
  ],
  'address-taken': [
    'Unter {address} antwortet jetzt {other}, nicht {name}.',
    'Frag {name} nach der neuen Adresse. Was du an {name} geschrieben hast, wartet.',
  ],
  'other-recipient': [
    'Als das geschrieben wurde, hatte {name} eine andere Sicherheitsnummer.',
    'Wenn du sicher bist, mit wem du hier sprichst, sende es noch einmal.',
  ],
  'contact-copies': [
    '{name} ist mit demselben Profil an zwei Orten zugleich online.',
    'Bitte {name}, eines davon zu schließen: Was du schreibst, kommt nur an einem Ort an. Weiß {name} nichts davon, hat vielleicht jemand anderes eine Kopie.',
  ],
  'own-copy-seen': [
    '{name} sieht dich mit diesem Profil an zwei Orten zugleich online.',
    'Schließe eines davon: Nachrichten kommen nur an einem Ort an. Weißt du von keinem zweiten, hat vielleicht jemand eine Kopie deines Profils.',
  ],
  'own-copy-called': [
    'Ein zweites Parley mit diesem Profil läuft auf {host}.',
    'Schließe eines davon: Nachrichten kommen nur an einem Ort an. Weißt du von keinem zweiten, hat vielleicht jemand eine Kopie deines Profils.',
  ],
  'strangers-full': [
    'Leute, die du nicht angenommen hast, haben so viel hinterlassen, dass weitere Nachrichten von ihnen warten müssen.',
    'Nimm an, wen du kennst, und lösche oder blockiere die anderen. Nichts geht verloren: Was wartet, bleibt beim Absender.',
  ],
  'identity-known': [
    'Dieser Schlüssel gehört schon zu {name}.',
    'Wenn beide dieselbe Person sind, führe die beiden Unterhaltungen zusammen.',
  ],
  'looks-known': [
    'Du kennst schon {known}, mit einem anderen Sicherheitsschlüssel als {name}.',
    'Vergleiche die Codes mit {known} auf einem anderen Weg, bevor du annimmst.',
  ],
  'identity-unseen': [
    'Für {name} hat keine andere Identität geantwortet.',
    'Versuch erneut, dich zu verbinden, und sieh dir dann an, was antwortet.',
  ],
  'plain-refused': [
    '{name} war über eine verschlüsselte Verbindung bekannt, aber unter {address} antwortet nur eine unverschlüsselte.',
    'Bitte {name}, Parley dort zu starten; es wurde nichts gesendet.',
  ],
  'peer-busy': [
    '{host} nimmt im Moment keine Anrufe an: {reason}',
    'Warte einen Moment und versuch es dann erneut.',
  ],
  'too-many-open': [
    'Dieser Computer hat zu viele offene Verbindungen, um {host} zu erreichen.',
    'Schließe andere Programme und versuch es dann erneut.',
  ],
  'not-encrypted': [
    'Die Verbindung zu {host}:{port} ist nicht verschlüsselt, und niemand weist sich dort aus.',
    'Benutze sie auf diesem Computer oder in einem Netz, dem du vertraust; mit Parley auf beiden Seiten ist sie verschlüsselt.',
  ],
  'identity-unproven': [
    '{host}:{port} antwortet verschlüsselt, aber mit einem Schlüssel, den kein Chatprogramm verwendet.',
    'Prüfe den Port: Das ist vielleicht ein Webserver.',
  ],
  'peer-silent': [
    '{host}:{port} nimmt die Verbindung an, antwortet aber nicht.',
    'Prüfe den Port und bitte darum, das Programm dort neu zu starten.',
  ],
  'protocol-unknown': [
    'Die Gegenseite unter {host}:{port} sagt nicht, welche Version des Parley-Protokolls sie spricht.',
    'Kommen Nachrichten nicht an, bitte darum, Parley dort zu aktualisieren.',
  ],
  'protocol-differs': [
    'Die Gegenseite spricht Version {theirs} des Parley-Protokolls, diese Kopie Version {ours}.',
    'Aktualisiert die ältere der beiden Kopien.',
  ],
  'batch-only': [
    'Die Gegenseite unter {host}:{port} beantwortet nur einzelne Anfragen und kann dir über diese Verbindung nicht schreiben.',
    'Gib deine eigene Adresse dorthin weiter: Wer zuerst schreiben will, muss dich anrufen.',
  ],
  'clock-differs': [
    'Die Uhr von {name} geht {difference} {direction, select, behind {nach} other {vor}}.',
    'Stellt beide Uhren nach dem Internet; bis dahin stimmen die Zeiten der Nachrichten nicht, es geht aber keine verloren.',
  ],
  'inbound-local-only': [
    'Diese Kopie nimmt nur Anrufe von diesem Computer an, also kann {name} sie nicht anrufen.',
    'Erlaube in den Einstellungen Anrufe aus dem ganzen Netz, oder verbinde dich immer selbst.',
  ],
  'inbound-refused': [
    '{name} hat versucht zurückzurufen, aber unter deiner Adresse nimmt auf Port {port} nichts Anrufe an.',
    'Steht ein Router zwischen euch, leite Port {port} an diesen Computer weiter; sonst verbinde dich immer selbst.',
  ],
  'inbound-timed-out': [
    '{name} hat versucht, auf Port {port} zurückzurufen, bekam aber keine Antwort.',
    'Lass Port {port} durch die Firewall dieses Computers und seines Routers, oder verbinde dich immer selbst.',
  ],
  'inbound-other-identity': [
    '{name} hat versucht, auf Port {port} zurückzurufen, aber dort antwortet etwas anderes als diese Kopie.',
    'Steht ein Router zwischen euch, prüfe, an welchen Computer er Port {port} weiterleitet.',
  ],
  cancelled: [
    'Der Verbindungsversuch wurde aufgegeben.',
    'Verbinde dich wieder, wann du möchtest.',
  ],
  'connection-lost': ['Die Verbindung zu {host} ist abgebrochen.', 'Parley versucht es weiter.'],
  'no-answer': [
    'Gesendet, aber nicht bestätigt. Vielleicht ist es nicht angekommen.',
    'Frag, ob sie angekommen ist, bevor du sie noch einmal sendest.',
  ],
  'call-failed': [
    'Die Gegenseite hat mit einem Fehler geantwortet: {reason}',
    'Versuch es später erneut, oder frag, wer das Programm dort betreibt.',
  ],
  'cannot-answer': [
    '{name} hat angerufen, ohne eine Adresse zu hinterlassen; eine Antwort hat kein Ziel.',
    'Frag nach der Adresse und verbinde dich mit ihr.',
  ],
  blocked: ['Du hast {name} blockiert.', 'Hebe zuerst die Blockierung auf.'],
  'message-empty': ['Die Nachricht ist leer.', 'Schreib zuerst etwas.'],
  'message-too-long': [
    'Die Nachricht hat {bytes, number} Byte; erlaubt sind {limit, number}.',
    'Teile sie in kürzere Nachrichten auf.',
  ],
  'message-not-utf8': [
    'Der Text ist nicht in UTF-8 und käme beschädigt an.',
    'Wandle ihn zuerst in UTF-8 um, zum Beispiel mit iconv, und sende ihn noch einmal.',
  ],
  'message-malformed': [
    'Die Nachricht enthält ein halbes Zeichen (ein einzelnes Ersatzzeichen).',
    'Tippe sie neu, oder füge sie aus einem anderen Programm ein.',
  ],
  'name-empty': ['Der Name ist leer.', 'Gib den Namen ein, den andere sehen sollen.'],
  'name-too-long': [
    'Der Name hat {bytes, number} Byte; erlaubt sind {limit, number}.',
    'Wähle einen kürzeren Namen.',
  ],
  'over-limit': ['Zu viel auf einmal: {what}.', 'Warte einen Moment und versuch es dann erneut.'],
  'port-in-use': [
    'Port {port} wird schon von {owner} benutzt.',
    'Beende es, oder wähle einen anderen Port.',
  ],
  'port-forbidden': [
    'Unter diesem Benutzer darf auf Port {port} nichts Anrufe annehmen.',
    'Wähle einen Port über 1023.',
  ],
  'host-unavailable': [
    'Dieser Computer hat keine Netzadresse {host}.',
    'Verwende 127.0.0.1 für nur diesen Computer oder 0.0.0.0 für das ganze Netz.',
  ],
  'port-invalid': ['{port} ist kein Port.', 'Wähle eine ganze Zahl von 1 bis 65535.'],
  'file-unusable': [
    '{file} konnte nicht benutzt werden: {reason}',
    'Prüfe Pfad, Berechtigungen und freien Platz und versuch es dann erneut.',
  ],
  storage: [
    'Der Verlauf konnte nicht geschrieben werden: {reason}',
    'Schaffe Platz oder prüfe die Berechtigungen des Datenordners und versuch es dann erneut.',
  ],
  'settings-mended': [
    'Einige Einstellungen dieses Profils waren beschädigt und stehen wieder auf ihren Anfangswerten.',
    'Öffne die Einstellungen und sieh sie durch.',
  ],
  'folder-open': [
    'Andere Nutzer dieses Computers können den Ordner dieses Profils öffnen ({folder}).',
    'Nimm ihnen die Berechtigung oder lege das Profil in einen Ordner, der nur dir gehört.',
  ],
  'not-answered': [
    '{name} hat noch nicht geantwortet.',
    'Was noch nicht zugestellt werden kann, wartet und wird dann von selbst gesendet.',
  ],
  'cannot-take': [
    '{name} kann gerade keine Nachrichten annehmen.',
    'Was du schreibst, wartet und wird von selbst gesendet, sobald es geht.',
  ],
  'import-invalid': [
    'Der Import hielt in Zeile {line} an: {reason}',
    'Wähle eine Datei, die Parley exportiert hat; was vor dieser Zeile kam, ist importiert, und ein neuer Import verdoppelt es nicht.',
  ],
  'import-newer': [
    'Die Datei wurde von einer neueren Version von Parley exportiert (Format {version}).',
    'Aktualisiere zuerst Parley; es wurde nichts importiert.',
  ],
  'unknown-contact': [
    'Diesen Kontakt gibt es nicht.',
    'Er wurde vielleicht entfernt; wähle einen anderen.',
  ],
  'unknown-message': ['Diese Nachricht gibt es nicht.', 'Sie wurde vielleicht gelöscht.'],
  'bad-input': ['Die Anfrage wurde nicht verstanden: {reason}', 'Bitte melde das.'],
  'clipboard-refused': [
    'Der Browser lässt diese Seite die Zwischenablage nicht benutzen.',
    'Markiere den Text und kopiere ihn selbst.',
  ],
  'link-refused': [
    'Das ist keine Adresse einer Webseite, die geöffnet werden kann.',
    'Kopiere sie und sieh sie dir genau an, bevor du sie selbst öffnest.',
  ],
  'no-browser': [
    'Das System konnte die Adresse nicht öffnen.',
    'Kopiere sie und öffne sie selbst im Browser.',
  ],
  paused: [
    'Parley pausiert: Du bist offline, und was du sendest, wartet.',
    'Wähle „Fortsetzen“, um wieder erreichbar zu sein.',
  ],
  stopped: ['Parley wird beendet.', 'Starte es neu.'],
  internal: [
    'In Parley ist etwas schiefgegangen.',
    'Versuch es erneut; geschieht es zweimal, melde es mit dem Protokoll.',
  ],
};

export const terms: Catalog['terms'] = {
  'calls back': 'Rückrufe',
  'not accepted yet': 'noch nicht angenommene Nachrichten',
  'requests are waiting': 'wartende Anfragen',
  'strangers are calling': 'Anrufe von Fremden',
  'another program': 'einem anderen Programm',
};
