import type { Translated } from '../../catalog.ts';
import type { contact as source } from '../en/contact.ts';

export const contact: Translated<typeof source> = {
  'contact.addresses': 'Adressen',
  'contact.copyAddress': '{address} kopieren',
  'contact.since': 'In deiner Liste seit {date}',
  'contact.encryptedWhy': 'Verschlüsselt und am Schlüssel erkannt.',
  'contact.unknownWhy': 'Noch nie erreicht, also ist nicht bekannt, wer dort ist.',
  'contact.identity': 'Identitätscode',
  'contact.identityHint':
    'Er steht für den Schlüssel und bleibt unter jeder Adresse gleich. {name} sieht ihn in den eigenen Einstellungen.',
  'contact.copyIdentity': 'Identitätscode kopieren',
  'contact.remove': 'Kontakt vergessen …',
  'contact.removeTitle': '{name} vergessen?',
  'contact.removeSure':
    'Der Kontakt und alle Nachrichten dieser Unterhaltung werden von diesem Computer gelöscht. Das lässt sich nicht rückgängig machen.',
  'contact.removeYes': 'Vergessen und löschen',
  'contact.block': 'Blockieren',
  'contact.unblock': 'Blockierung aufheben',

  'trust.heading': 'Ist das wirklich {name}?',
  'trust.none': 'Gar nicht',
  'trust.first-use': 'Bekannt seit dem ersten Kontakt',
  'trust.invite': 'Bekannt durch eine Einladung',
  'trust.verified': 'Von dir geprüft',
  'trust.noneWhy': 'Es gibt keinen Schlüssel, also könnte jede Person an dieser Stelle antworten.',
  'trust.first-useWhy':
    'Parley merkt sich den Schlüssel, der zuerst geantwortet hat, und bemerkt jeden anderen. Vergleicht die Sicherheitsnummer, um sicher zu sein, dass es von Anfang an {name} war.',
  'trust.inviteWhy':
    'Die Einladung hat diesen Schlüssel versprochen, und er hat geantwortet. Das ist so vertrauenswürdig wie der Weg, auf dem dich die Einladung erreicht hat.',
  'trust.verifiedWhy': 'Du hast die Sicherheitsnummer mit {name} verglichen, und sie war gleich.',

  'safety.heading': 'Sicherheitsnummer',
  'safety.how':
    'Ruf {name} an oder trefft euch und lest euch diese Gruppen gegenseitig vor. Schickt sie nicht durch diese Unterhaltung. Sind alle auf beiden Bildschirmen gleich, hört niemand mit.',
  'safety.computing': 'Die Nummer wird berechnet …',
  'safety.same': 'Sie sind gleich: als geprüft markieren',
  'safety.takeBack': 'Bestätigung entfernen',
  'safety.marked': '{name} ist jetzt als geprüft markiert.',
  'safety.tookBack': '{name} ist nicht mehr als geprüft markiert.',
  'safety.different':
    'Sind sie verschieden, hört vielleicht jemand mit: Schreib nichts Privates und sprich {name} persönlich darauf an.',

  'changed.title': 'Der Sicherheitsschlüssel von {name} hat sich geändert',
  'changed.what':
    'Unter der Adresse antwortet ein anderer Schlüssel als der, den du kennst. Das kommt vor, wenn {name} Parley neu installiert oder den Computer wechselt. Es kommt auch vor, wenn sich jemand für {name} ausgibt.',
  'changed.held': 'An den neuen Schlüssel wird nichts gesendet. Was du schreibst, wartet hier.',
  'changed.ask': 'Frag {name} auf einem anderen Weg, etwa am Telefon, nach dem Identitätscode.',
  'changed.known': 'Der Code, den du kennst',
  'changed.found': 'Der Code, der jetzt antwortet',
  'changed.keep': 'Noch nicht vertrauen',
  'changed.trust': 'Das ist wirklich {name}: dem neuen Schlüssel vertrauen',
  'changed.sureTitle': 'Dem neuen Schlüssel vertrauen?',
  'changed.sure':
    'Von nun an ist dieser Schlüssel für dich {name}, und wartende Nachrichten werden an ihn gesendet. Tu das nur, wenn {name} dir den neuen Code bestätigt hat.',
  'changed.yes': 'Dem neuen Schlüssel vertrauen',
  'changed.done': 'Du vertraust jetzt dem neuen Schlüssel von {name}.',
  'changed.kept':
    'Der Schlüssel, den du kennst, bleibt. Ihr seid wieder verbunden, wenn er dich anruft oder auf einen neuen Versuch antwortet.',
  'plain.title': 'Diese Verbindung ist nicht verschlüsselt',
  'plain.what':
    'Du kennst {name} über eine verschlüsselte Verbindung, aber jetzt antwortet unter der Adresse nur eine unverschlüsselte. Vielleicht läuft dort ein anderes Programm, oder jemand möchte mitlesen.',
  'plain.held': 'Ohne Verschlüsselung wird nichts gesendet. Was du schreibst, wartet hier.',
  'alike.both':
    'Du kennst {name} schon unter dieser Adresse, mit einem anderen Sicherheitsschlüssel',
  'alike.name': 'Du kennst {name} schon, mit einem anderen Sicherheitsschlüssel',
  'alike.address': 'Du kennst diese Adresse von {name}, mit einem anderen Sicherheitsschlüssel',
  'alike.what':
    'Vielleicht ist es {name} mit einem neuen Computer. Vielleicht gibt sich aber jemand für {name} aus. Vergleicht die Codes auf einem anderen Weg, etwa am Telefon, bevor du annimmst.',
  'alike.online': '{name} ist gerade online, mit dem Schlüssel, den du kennst.',
  'alike.code': 'Der Code dieser Anfrage',
  'alike.open': 'Unterhaltung mit {name} öffnen',
  'alike.same': 'Das ist wirklich {name} …',
  'alike.other': 'Das ist jemand anderes …',
  'alike.sameTitle': 'Dem neuen Schlüssel vertrauen und beide Unterhaltungen zusammenführen?',
  'alike.sameSure':
    'Von nun an ist dieser Schlüssel für dich {name}. Aus beiden Unterhaltungen wird eine, und was für {name} wartet, wird an den neuen Schlüssel gesendet. Tu das nur, wenn {name} dir den neuen Code bestätigt hat.',
  'alike.merge': 'Beide Unterhaltungen zusammenführen',
  'alike.otherTitle': 'Als jemand anderes annehmen?',
  'alike.otherSure':
    'Du hast dann zwei Unterhaltungen, die leicht zu verwechseln sind. Der Schlüssel, den du von {name} kennst, bleibt, wie er ist.',
  'alike.acceptOther': 'Als jemand anderes annehmen',
};
