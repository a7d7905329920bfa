import type { Translated } from '../../catalog.ts';
import type { conversation as source } from '../en/conversation.ts';

export const conversation: Translated<typeof source> = {
  'conversation.back': 'Revenir aux conversations',
  'conversation.details': 'Fiche du contact',
  'conversation.encrypted': 'Chiffré',
  'conversation.openMark': 'Non vérifié, non chiffré',
  'conversation.openWhy':
    'Rien ne prouve qui répond à cette adresse, et d’autres sur le réseau pourraient lire.',
  'conversation.guestMark': 'Impossible de répondre',
  'conversation.guestWhy':
    'Cet appel n’a laissé aucune adresse. Demandez-la, puis connectez-vous à elle pour répondre.',
  'conversation.guestWhyShort':
    'Rien ne prouve qui a appelé, et il n’y a pas d’adresse à laquelle répondre.',
  'conversation.offline': 'Hors ligne',
  'conversation.retryIn':
    'Prochain essai dans {seconds, plural, one {# seconde} many {# de secondes} other {# secondes}}',
  'conversation.retryNow': 'Nouvel essai…',
  'conversation.noRetry': 'Parley ne réessaiera pas de lui-même.',
  'conversation.requestTitle': '{name} souhaite vous écrire',
  'conversation.requestHint':
    'Acceptez pour répondre, ou bloquez pour ne plus rien recevoir de cette personne.',
  'conversation.accept': 'Accepter',
  'conversation.block': 'Bloquer',
  'conversation.unblock': 'Débloquer',
  'conversation.blockedTitle': 'Vous avez bloqué {name}',
  'conversation.blockedHint': 'Rien de ce que cette personne envoie ne vous parvient.',

  'away.offline': '{name} est hors ligne.',
  'away.unreachable': '{name} est injoignable pour le moment.',
  'away.waits': 'Ce que vous écrivez partira à son retour.',
  'away.details': 'Détails',
  'attempt.edit': 'Modifier l’adresse',
  'attempt.remove': 'Retirer',
  'attempt.field': 'Adresse',
  'attempt.listed': 'Pas encore joint',
  'attempt.sureTitle': 'Retirer {address} ?',
  'attempt.sure': 'Ce que vous y avez écrit sera supprimé.',

  'broken.message': 'Ce message ne peut pas être affiché.',
  'broken.row': 'Cette conversation ne peut pas figurer dans la liste.',
  'broken.conversation': 'Cette conversation ne peut pas être affichée.',
  'broken.dialog': 'Impossible d’afficher ceci pour le moment.',
  'broken.window': 'Parley ne peut pas afficher sa fenêtre.',
  'broken.rest': 'Tout le reste continue de fonctionner. Merci de le signaler.',
  'broken.copy': 'Copier le rapport',
  'broken.copied': 'Le rapport est copié.',
  'broken.reload': 'Recharger',

  'messages.label': 'Messages',
  'messages.sendAgain': 'Renvoyer',
  'messages.delete': 'Supprimer',
  'messages.forget': 'Oublier',
  'messages.older': 'Chargement des messages précédents…',
  'messages.start': 'La conversation commence ici.',
  'messages.emptyOnline': 'La connexion est établie. Dites bonjour.',
  'messages.emptyUnanswered':
    'Dites d’abord bonjour : tant que vous n’écrivez pas, l’autre personne ne voit pas votre connexion.',
  'messages.emptyWaiting':
    'Vous pouvez écrire dès maintenant. Les messages partent une fois la connexion établie.',
  'messages.emptyClosed': 'Rien ici pour l’instant.',
  'messages.jump': 'Aller au plus récent',
  'messages.newCount':
    '{count, plural, one {# nouveau message} many {# de nouveaux messages} other {# nouveaux messages}}',
  'messages.announce': '{name} : {body}',
  'messages.announceMany':
    '{count, plural, one {# nouveau message} many {# de nouveaux messages} other {# nouveaux messages}} de {name}',

  'delivery.queued': 'En attente',
  'delivery.sending': 'Envoi',
  'delivery.delivered': 'Remis',
  'delivery.read': 'Lu',
  'delivery.unconfirmed': 'Non confirmé',
  'delivery.failed': 'Échec',

  'composer.label': 'Message',
  'composer.placeholder': 'Écrire un message',
  'composer.placeholderOffline': 'Message (envoyé à son retour)',
  'composer.send': 'Envoyer',
  'composer.hint': 'Entrée envoie, Maj+Entrée commence une nouvelle ligne',
  'composer.count': '{used} sur {limit}',

  'when.today': 'Aujourd’hui',
  'when.yesterday': 'Hier',
};
