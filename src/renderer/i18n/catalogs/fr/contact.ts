import type { Translated } from '../../catalog.ts';
import type { contact as source } from '../en/contact.ts';

export const contact: Translated<typeof source> = {
  'contact.addresses': 'Adresses',
  'contact.copyAddress': 'Copier {address}',
  'contact.since': 'Dans votre liste depuis le {date}',
  'contact.encryptedWhy': 'Chiffré, et reconnu à sa clé.',
  'contact.unknownWhy': 'Jamais joint pour l’instant : on ignore qui est là.',
  'contact.identity': 'Code d’identité',
  'contact.identityHint':
    'Il représente sa clé et reste le même à chaque adresse. {name} le voit dans ses propres réglages.',
  'contact.copyIdentity': 'Copier le code d’identité',
  'contact.remove': 'Oublier le contact…',
  'contact.removeTitle': 'Oublier {name} ?',
  'contact.removeSure':
    'Le contact et tous les messages de cette conversation seront supprimés de cet ordinateur. C’est irréversible.',
  'contact.removeYes': 'Oublier et supprimer',
  'contact.block': 'Bloquer',
  'contact.unblock': 'Débloquer',

  'trust.heading': 'Est-ce vraiment {name} ?',
  'trust.none': 'Pas du tout',
  'trust.first-use': 'Connu depuis votre premier contact',
  'trust.invite': 'Connu par une invitation',
  'trust.verified': 'Vérifié par vous',
  'trust.noneWhy': 'Il n’y a pas de clé : n’importe qui pourrait répondre à sa place.',
  'trust.first-useWhy':
    'Parley retient la clé qui a répondu en premier et remarque toute autre clé. Comparez le numéro de sécurité pour être sûr que c’était {name} dès le début.',
  'trust.inviteWhy':
    'L’invitation promettait cette clé, et cette clé a répondu. C’est aussi fiable que le chemin par lequel l’invitation vous est parvenue.',
  'trust.verifiedWhy': 'Vous avez comparé le numéro de sécurité avec {name}, et c’était le même.',

  'safety.heading': 'Numéro de sécurité',
  'safety.how':
    'Appelez ou rencontrez {name} et lisez-vous ces groupes à voix haute. Ne les envoyez pas par cette conversation. S’ils sont tous identiques sur les deux écrans, personne n’écoute.',
  'safety.computing': 'Calcul du numéro…',
  'safety.same': 'Ils sont identiques : marquer comme vérifié',
  'safety.takeBack': 'Retirer la vérification',
  'safety.marked': '{name} est maintenant marqué comme vérifié.',
  'safety.tookBack': '{name} n’est plus marqué comme vérifié.',
  'safety.different':
    'S’ils diffèrent, quelqu’un écoute peut-être : n’écrivez rien de privé et parlez-en à {name} de vive voix.',

  'changed.title': 'La clé de sécurité de {name} a changé',
  'changed.what':
    'À son adresse répond une autre clé que celle que vous connaissez. Cela arrive quand {name} réinstalle Parley ou change d’ordinateur. Cela arrive aussi quand quelqu’un se fait passer pour {name}.',
  'changed.held': 'Rien n’est envoyé à la nouvelle clé. Ce que vous écrivez attend ici.',
  'changed.ask':
    'Demandez à {name} son code d’identité par un autre moyen, par exemple au téléphone.',
  'changed.known': 'Le code que vous connaissez',
  'changed.found': 'Le code qui répond maintenant',
  'changed.keep': 'Ne pas lui faire confiance pour l’instant',
  'changed.trust': 'C’est bien {name} : faire confiance à la nouvelle clé',
  'changed.sureTitle': 'Faire confiance à la nouvelle clé ?',
  'changed.sure':
    'Désormais, cette clé sera {name} pour vous, et les messages en attente lui seront envoyés. Ne le faites que si {name} vous a confirmé le nouveau code.',
  'changed.yes': 'Faire confiance à la nouvelle clé',
  'changed.done': 'Vous faites maintenant confiance à la nouvelle clé de {name}.',
  'changed.kept':
    'La clé que vous connaissez reste. La connexion reviendra quand elle vous appellera, ou quand elle répondra à un nouvel essai.',
  'plain.title': 'Cette connexion n’est pas chiffrée',
  'plain.what':
    'Vous connaissez {name} par une connexion chiffrée, mais seule une connexion non chiffrée répond maintenant à son adresse. Un autre programme y tourne peut-être, ou quelqu’un veut lire vos messages.',
  'plain.held': 'Rien n’est envoyé sans chiffrement. Ce que vous écrivez attend ici.',
  'alike.both': 'Vous connaissez déjà {name} à cette adresse, avec une autre clé de sécurité',
  'alike.name': 'Vous connaissez déjà {name}, avec une autre clé de sécurité',
  'alike.address':
    'Vous connaissez cette adresse comme celle de {name}, avec une autre clé de sécurité',
  'alike.what':
    'C’est peut-être {name} avec un nouvel ordinateur. C’est peut-être aussi quelqu’un qui se fait passer pour {name}. Comparez vos codes par un autre moyen, par exemple au téléphone, avant d’accepter.',
  'alike.online': '{name} est en ligne en ce moment avec la clé que vous connaissez.',
  'alike.code': 'Le code de cette demande',
  'alike.open': 'Ouvrir la conversation avec {name}',
  'alike.same': 'C’est bien {name}…',
  'alike.other': 'C’est quelqu’un d’autre…',
  'alike.sameTitle': 'Faire confiance à la nouvelle clé et réunir les deux conversations ?',
  'alike.sameSure':
    'Désormais, cette clé sera {name} pour vous. Les deux conversations n’en feront qu’une, et les messages qui attendent {name} seront envoyés à la nouvelle clé. Ne le faites que si {name} vous a confirmé le nouveau code.',
  'alike.merge': 'Réunir les deux conversations',
  'alike.otherTitle': 'Accepter comme quelqu’un d’autre ?',
  'alike.otherSure':
    'Vous aurez deux conversations faciles à confondre. La clé que vous connaissez de {name} reste la même.',
  'alike.acceptOther': 'Accepter comme quelqu’un d’autre',
};
