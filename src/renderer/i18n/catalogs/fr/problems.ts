import type { Catalog } from '../../catalog.ts';

export const problems: Catalog['problems'] = {
  'bad-address': [
    '{reason}',
    'Saisissez une adresse telle que 192.168.1.20:8080, ou une invitation.',
  ],
  'own-address': [
    '{address} est votre propre adresse.',
    'Saisissez l’adresse de l’autre personne : son application l’affiche.',
  ],
  'name-not-found': [
    'Aucun ordinateur nommé {host} n’a été trouvé.',
    'Vérifiez l’orthographe, ou utilisez les chiffres (tels que 192.168.1.20:8080) au lieu du nom.',
  ],
  refused: [
    '{host} a été joint, mais rien n’écoute sur le port {port}.',
    'Demandez de démarrer Parley là-bas, et comparez le port avec celui qu’il affiche.',
  ],
  unreachable: [
    'Aucun chemin ne mène à {host}.',
    'Vérifiez que les deux ordinateurs sont sur le même réseau ou VPN.',
  ],
  'timed-out': [
    '{host} n’a pas répondu sur le port {port}.',
    'Vérifiez qu’il est allumé, sur le même réseau, et que son pare-feu laisse passer le port {port}.',
  ],
  'not-a-peer': [
    'Autre chose fonctionne à l’adresse {host}:{port}, pas Parley.',
    'Vérifiez le port : il est affiché près de l’adresse dans l’application de l’autre personne.',
  ],
  'turned-away': [
    '{host} répond, mais n’accepte pas votre connexion.',
    'La raison n’est pas donnée : vous y êtes peut-être bloqué, ou les appels sont trop nombreux. Demandez par un autre moyen.',
  ],
  'call-refused': [
    '{host} répond, mais a refusé cet appel : {reason}',
    'C’est l’autre côté qui décide à qui il répond : dites à votre contact ce qu’il a répondu.',
  ],
  'secure-failed': [
    'La connexion chiffrée avec {host}:{port} n’a pas pu s’établir.',
    'Réessayez ; si cela persiste, vérifiez que les deux copies sont à jour.',
  ],
  'identity-changed': [
    'À {address} répond une autre identité que celle que vous connaissez comme {name}.',
    'N’envoyez rien avant d’avoir demandé à {name}, par un autre moyen, s’il y a eu une réinstallation.',
  ],
  'address-taken': [
    'À l’adresse {address}, c’est maintenant {other} qui répond, et non {name}.',
    'Demandez à {name} sa nouvelle adresse. Ce que vous avez écrit à {name} reste en attente.',
  ],
  'other-recipient': [
    'Quand ceci a été écrit, {name} avait un autre numéro de sécurité.',
    'Si vous êtes sûr de la personne à qui vous parlez ici, renvoyez-le.',
  ],
  'contact-copies': [
    '{name} est en ligne à deux endroits à la fois avec le même profil.',
    'Demandez à {name} d’en fermer un : ce que vous écrivez n’arrive qu’à l’un des deux. Si {name} n’en sait rien, quelqu’un d’autre en a peut-être une copie.',
  ],
  'own-copy-seen': [
    '{name} vous voit en ligne à deux endroits à la fois avec ce profil.',
    'Fermez l’un des deux : les messages n’arrivent qu’à un seul. Si vous n’en connaissez pas d’autre, quelqu’un a peut-être une copie de votre profil.',
  ],
  'own-copy-called': [
    'Un second Parley avec ce profil fonctionne sur {host}.',
    'Fermez l’un des deux : les messages n’arrivent qu’à un seul. Si vous n’en connaissez pas d’autre, quelqu’un a peut-être une copie de votre profil.',
  ],
  'strangers-full': [
    'Des personnes que vous n’avez pas acceptées ont laissé tant de messages que les suivants doivent attendre.',
    'Acceptez ceux que vous connaissez, supprimez ou bloquez les autres. Rien n’est perdu : ce qui attend reste chez son expéditeur.',
  ],
  'identity-known': [
    'Cette clé est déjà celle de {name}.',
    'S’il s’agit de la même personne, réunissez les deux conversations.',
  ],
  'looks-known': [
    'Vous connaissez déjà {known}, avec une autre clé de sécurité que {name}.',
    'Comparez vos codes avec {known} par un autre moyen avant d’accepter.',
  ],
  'identity-unseen': [
    'Aucune autre identité n’a répondu pour {name}.',
    'Reconnectez-vous, puis regardez ce qui répond.',
  ],
  'plain-refused': [
    '{name} était connu par une connexion chiffrée, mais seule une connexion non chiffrée répond à {address}.',
    'Demandez à {name} d’y démarrer Parley ; rien n’a été envoyé.',
  ],
  'peer-busy': [
    '{host} ne prend pas d’appels pour le moment : {reason}',
    'Attendez un instant, puis réessayez.',
  ],
  'too-many-open': [
    'Cet ordinateur a trop de connexions ouvertes pour joindre {host}.',
    'Fermez d’autres programmes, puis réessayez.',
  ],
  'not-encrypted': [
    'La connexion avec {host}:{port} n’est pas chiffrée, et personne n’y prouve son identité.',
    'Utilisez-la sur cet ordinateur ou sur un réseau de confiance ; avec Parley des deux côtés, elle est chiffrée.',
  ],
  'identity-unproven': [
    '{host}:{port} répond en chiffré, mais avec une clé qu’aucun programme de discussion n’utilise.',
    'Vérifiez le port : c’est peut-être un serveur web.',
  ],
  'peer-silent': [
    'Quelque chose accepte la connexion à {host}:{port}, mais ne répond pas.',
    'Vérifiez le port, et demandez à qui s’en occupe de le redémarrer.',
  ],
  'protocol-unknown': [
    'L’autre côté, à {host}:{port}, n’indique pas quelle version du protocole de Parley il parle.',
    'Si les messages n’arrivent pas, demandez de mettre Parley à jour.',
  ],
  'protocol-differs': [
    'L’autre côté parle la version {theirs} du protocole de Parley ; cette copie parle la version {ours}.',
    'Mettez à jour la plus ancienne des deux copies.',
  ],
  'batch-only': [
    'L’autre côté, à {host}:{port}, ne répond qu’à des requêtes isolées et ne peut donc pas vous écrire par cette connexion.',
    'Donnez votre adresse à qui s’en occupe : pour écrire en premier, il faut vous appeler.',
  ],
  'clock-differs': [
    'L’horloge de {name} {direction, select, behind {retarde} other {avance}} de {difference}.',
    'Réglez les deux horloges par internet ; d’ici là, les heures des messages sont fausses, mais aucun n’est perdu.',
  ],
  'inbound-local-only': [
    'Cette copie n’accepte que les appels de cet ordinateur : {name} ne peut pas l’appeler.',
    'Acceptez les appels de tout le réseau dans les réglages, ou connectez-vous toujours vous-même.',
  ],
  'inbound-refused': [
    '{name} a essayé de rappeler, mais rien n’écoute à votre adresse sur le port {port}.',
    'S’il y a un routeur entre vous, redirigez le port {port} vers cet ordinateur ; sinon, connectez-vous toujours vous-même.',
  ],
  'inbound-timed-out': [
    '{name} a essayé de rappeler sur le port {port}, sans obtenir de réponse.',
    'Laissez passer le port {port} dans le pare-feu de cet ordinateur et de son routeur, ou connectez-vous toujours vous-même.',
  ],
  'inbound-other-identity': [
    '{name} a essayé de rappeler sur le port {port}, mais autre chose que cette copie y répond.',
    'S’il y a un routeur entre vous, vérifiez vers quel ordinateur il redirige le port {port}.',
  ],
  cancelled: [
    'La tentative de connexion a été abandonnée.',
    'Reconnectez-vous quand vous voudrez.',
  ],
  'connection-lost': ['La connexion avec {host} est perdue.', 'Parley continue d’essayer.'],
  'no-answer': [
    'Envoyé, mais non confirmé. Le message n’est peut-être pas arrivé.',
    'Demandez s’il est arrivé avant de le renvoyer.',
  ],
  'call-failed': [
    'L’autre côté a répondu par une erreur : {reason}',
    'Réessayez plus tard, ou demandez à qui s’en occupe.',
  ],
  'cannot-answer': [
    '{name} a appelé sans laisser d’adresse : il n’y a nulle part où répondre.',
    'Demandez son adresse et connectez-vous à elle.',
  ],
  blocked: ['Vous avez bloqué {name}.', 'Débloquez d’abord ce contact.'],
  'message-empty': ['Le message est vide.', 'Écrivez d’abord quelque chose.'],
  'message-too-long': [
    'Le message compte {bytes, number} octets ; la limite est de {limit, number}.',
    'Partagez-le en messages plus courts.',
  ],
  'message-not-utf8': [
    'Le texte n’est pas en UTF-8 et arriverait abîmé.',
    'Convertissez-le d’abord en UTF-8, par exemple avec iconv, puis renvoyez-le.',
  ],
  'message-malformed': [
    'Le message contient une moitié de caractère (un demi-codet isolé).',
    'Saisissez-le de nouveau, ou collez-le depuis un autre programme.',
  ],
  'name-empty': ['Le nom est vide.', 'Saisissez le nom que les autres doivent voir.'],
  'name-too-long': [
    'Le nom compte {bytes, number} octets ; la limite est de {limit, number}.',
    'Choisissez un nom plus court.',
  ],
  'over-limit': ['Trop à la fois : {what}.', 'Attendez un instant, puis réessayez.'],
  'port-in-use': [
    'Le port {port} est déjà utilisé par {owner}.',
    'Fermez-le, ou choisissez un autre port.',
  ],
  'port-forbidden': [
    'Cet utilisateur n’a pas le droit d’écouter sur le port {port}.',
    'Choisissez un port supérieur à 1023.',
  ],
  'host-unavailable': [
    'Cet ordinateur n’a pas l’adresse réseau {host}.',
    'Utilisez 127.0.0.1 pour cet ordinateur seulement, ou 0.0.0.0 pour tout le réseau.',
  ],
  'port-invalid': ['{port} n’est pas un port.', 'Choisissez un nombre entier de 1 à 65535.'],
  'file-unusable': [
    '{file} n’a pas pu être utilisé : {reason}',
    'Vérifiez son chemin, ses droits et l’espace libre, puis réessayez.',
  ],
  storage: [
    'L’historique n’a pas pu être écrit : {reason}',
    'Libérez de l’espace ou vérifiez les droits du dossier de données, puis réessayez.',
  ],
  'settings-mended': [
    'Certains réglages de ce profil étaient endommagés et ont repris leur valeur de départ.',
    'Ouvrez les réglages et vérifiez-les.',
  ],
  'folder-open': [
    'D’autres utilisateurs de cet ordinateur peuvent ouvrir le dossier de ce profil ({folder}).',
    'Retirez-leur ce droit ou placez le profil dans un dossier qui n’appartient qu’à vous.',
  ],
  'not-answered': [
    '{name} n’a pas encore répondu.',
    'Ce qui ne peut pas encore être remis attend et partira tout seul à ce moment-là.',
  ],
  'cannot-take': [
    '{name} ne peut pas recevoir de messages pour le moment.',
    'Ce que vous écrivez attend et part tout seul dès que c’est possible.',
  ],
  'import-invalid': [
    'L’importation s’est arrêtée à la ligne {line} : {reason}',
    'Choisissez un fichier exporté par Parley ; ce qui précède cette ligne est importé, et importer de nouveau ne le double pas.',
  ],
  'import-newer': [
    'Le fichier vient d’une version plus récente de Parley (format {version}).',
    'Mettez d’abord Parley à jour ; rien n’a été importé.',
  ],
  'unknown-contact': [
    'Ce contact n’existe pas.',
    'Il a peut-être été supprimé ; choisissez-en un autre.',
  ],
  'unknown-message': ['Ce message n’existe pas.', 'Il a peut-être été supprimé.'],
  'bad-input': ['La demande n’a pas été comprise : {reason}', 'Merci de le signaler.'],
  'clipboard-refused': [
    'Le navigateur ne laisse pas cette page utiliser le presse-papiers.',
    'Sélectionnez le texte et copiez-le vous-même.',
  ],
  'link-refused': [
    'Ce n’est pas l’adresse d’une page web qui puisse être ouverte.',
    'Copiez-la et regardez-la de près avant de l’ouvrir vous-même.',
  ],
  'no-browser': [
    'Le système n’a pas pu ouvrir l’adresse.',
    'Copiez-la et ouvrez-la vous-même dans votre navigateur.',
  ],
  paused: [
    'Parley est en pause : vous êtes hors ligne et ce que vous envoyez attend.',
    'Choisissez « Reprendre » pour être de nouveau joignable.',
  ],
  stopped: ['Parley s’arrête.', 'Redémarrez-le.'],
  internal: [
    'Quelque chose s’est mal passé dans Parley.',
    'Réessayez ; si cela se reproduit, signalez-le avec le journal.',
  ],
};

export const terms: Catalog['terms'] = {
  'calls back': 'rappels',
  'not accepted yet': 'messages pas encore acceptés',
  'requests are waiting': 'demandes en attente',
  'strangers are calling': 'appels d’inconnus',
  'another program': 'un autre programme',
};
