import type { Translated } from '../../catalog.ts';
import type { data as source } from '../en/data.ts';

export const data: Translated<typeof source> = {
  'data.title': 'Données',
  'data.where': 'Tout est conservé sur cet ordinateur',
  'data.memory': 'Rien n’est conservé sur le disque : tout disparaît quand Parley se termine.',
  'data.size': '{size} sur le disque',
  'data.copyFolder': 'Copier le chemin du dossier',
  'data.export': 'Exporter…',
  'data.exportHint':
    'Tous les contacts et messages dans un fichier texte. Il n’est pas chiffré : gardez-le là où personne d’autre ne peut le lire. Votre clé privée n’y est pas.',
  'data.exporting': 'Exportation…',
  'data.exported': 'Exporté dans {file}.',
  'data.downloading': 'Votre navigateur enregistre le fichier.',
  'data.import': 'Importer…',
  'data.importHint': 'Ajoute tout ce qui, dans un export, n’est pas encore ici.',
  'data.importing': 'Importation…',
  'data.imported':
    '{contacts, plural, one {# contact} many {# contacts} other {# contacts}} et {messages, plural, one {# message} many {# messages} other {# messages}} en plus.',
  'data.importedNothing': 'Tout ce que contient ce fichier était déjà là.',
  'data.notTaken.reach':
    'Là d’où vient le fichier, Parley était joignable depuis le réseau. Ici, rien ne change : vous pouvez le changer sous « Être joignable ».',
  'data.notTaken.openContract':
    'Là-bas, on répondait aussi aux appels sans chiffrement depuis le réseau. Ici, rien ne change : vous pouvez le changer sous « Appels sans chiffrement ».',
  'data.notTaken.verified':
    'Certains contacts y étaient vérifiés. Un fichier ne peut pas le prouver : comparez ici de nouveau leurs numéros de sécurité.',
  'data.notTaken.own':
    'L’un des contacts du fichier, c’est vous : cette conversation n’a pas été importée.',
  'data.delete': 'Tout supprimer…',
  'data.deleteHint': 'Votre nom, vos réglages et votre clé sont conservés.',
  'data.deleteTitle': 'Tout supprimer ?',
  'data.deleteSure':
    'Tous les contacts et tous les messages seront supprimés de cet ordinateur. C’est irréversible. Les autres gardent ce que vous leur avez envoyé.',
  'data.deleteWord': 'supprimer',
  'data.deleteType': 'Tapez « {word} » pour confirmer :',
  'data.deleteYes': 'Tout supprimer',
  'data.deleting': 'Suppression…',
  'data.deleted': 'Tous les contacts et messages sont supprimés.',

  'about.licence': 'Logiciel libre sous licence MIT, sans aucune garantie.',
  'about.protocol': 'Il parle Cap’n Web, un protocole ouvert décrit à l’adresse',
  'about.seenTitle': 'Ce que les autres peuvent voir de vous',
  'about.seenNobody': 'Aucun serveur n’intervient : aucune entreprise ne voit quoi que ce soit.',
  'about.seenContacts':
    'Vos contacts voient votre nom, votre code d’identité, l’adresse d’où vous appelez et si votre Parley est en marche.',
  'about.seenKnock':
    'Quiconque peut joindre votre adresse peut apprendre que Parley y fonctionne, votre nom et combien de messages vous avez reçus.',
  'about.seenRead': 'Ils voient ce que vous avez lu.',
  'about.seenNotRead': 'Ils ne voient pas ce que vous avez lu.',
  'about.seenTyping': 'Ils voient que vous écrivez.',
  'about.seenNotTyping': 'Ils ne voient pas que vous écrivez.',
  'about.seenWay': 'Le réseau entre vous voit qui se connecte à qui, mais pas ce que vous écrivez.',
};
