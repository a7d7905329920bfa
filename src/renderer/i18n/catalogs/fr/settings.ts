import type { Translated } from '../../catalog.ts';
import type { settings as source } from '../en/settings.ts';

export const settings: Translated<typeof source> = {
  'settings.open': 'Réglages',
  'settings.title': 'Réglages',
  'settings.you': 'Vous',
  'settings.reachability': 'Qui peut vous joindre',
  'settings.privacy': 'Confidentialité',
  'settings.appearance': 'Apparence',
  'settings.about': 'À propos',
  'settings.save': 'Enregistrer',
  'settings.name': 'Votre nom',
  'settings.nameHint': 'C’est le nom que voient les autres.',
  'settings.renamed': 'Vous vous appelez maintenant {name}.',
  'settings.identity': 'Votre code d’identité',
  'settings.identityHint':
    'Les autres peuvent le comparer avec ce que leur Parley affiche pour vous.',
  'settings.port': 'Port',
  'settings.portHint':
    'Il fait partie de votre adresse : qui a l’ancienne doit recevoir la nouvelle.',
  'settings.moved': 'Votre port est maintenant {port}.',

  'settings.reach': 'Qui peut vous joindre ?',
  'settings.reach.this-computer': 'Cet ordinateur seulement',
  'settings.reach.this-computerHint':
    'Personne d’autre ne peut vous appeler. Vous pouvez toujours appeler les autres.',
  'settings.reach.network': 'Mon réseau',
  'settings.reach.networkHint':
    'Toute personne de votre réseau peut vous écrire. Celles que vous ne connaissez pas arrivent dans Demandes.',
  'settings.reachNow': 'On peut vous joindre à',
  'settings.reached.this-computer': 'Désormais, seul cet ordinateur peut vous joindre.',
  'settings.reached.network': 'Désormais, votre réseau peut vous joindre.',

  'settings.openContract': 'Appels sans chiffrement',
  'settings.openContractHint':
    'D’autres programmes Cap’n Web peuvent vous écrire sans vérification ni chiffrement. Ils sont marqués ainsi.',
  'settings.openContract.this-computer': 'Seulement depuis cet ordinateur',
  'settings.openContract.network': 'Aussi depuis le réseau',
  'settings.openContractSaved.this-computer':
    'Les appels non chiffrés ne reçoivent plus de réponse que depuis cet ordinateur.',
  'settings.openContractSaved.network':
    'Les appels non chiffrés reçoivent maintenant aussi une réponse depuis le réseau.',

  'settings.receipts': 'Dire aux autres ce que vous avez lu',
  'settings.receiptsHint': 'Ils voient « Lu » sous leurs messages.',
  'settings.receiptsOn': 'Les autres voient maintenant ce que vous avez lu.',
  'settings.receiptsOff': 'Les autres ne voient plus ce que vous avez lu.',
  'settings.typing': 'Dire aux autres que vous écrivez',
  'settings.typingHint': 'Ils le voient pendant que vous écrivez, jamais ce que vous écrivez.',
  'settings.typingOn': 'Les autres voient maintenant que vous écrivez.',
  'settings.typingOff': 'Les autres ne voient plus que vous écrivez.',

  'settings.theme': 'Thème',
  'settings.theme.system': 'Comme le système',
  'settings.theme.light': 'Clair',
  'settings.theme.dark': 'Sombre',
  'settings.textSize': 'Taille du texte',
  'settings.textSize.small': 'Petite',
  'settings.textSize.standard': 'Normale',
  'settings.textSize.large': 'Grande',
  'settings.textSize.largest': 'Très grande',
  'settings.language': 'Langue',
  'settings.language.system': 'Comme le système',
  'settings.version': 'Parley {version}',
  'settings.shortcuts': 'Raccourcis clavier',
};
