import type { Translated } from '../../catalog.ts';
import type { desktop as source } from '../en/desktop.ts';

export const desktop: Translated<typeof source> = {
  'desktop.title': 'Application de bureau',
  'desktop.closeToTray': 'Continuer quand la fenêtre est fermée',
  'desktop.closeToTrayHint':
    'Parley reste dans la zone de notification et vos amis peuvent vous joindre. Quittez-le depuis là.',
  'desktop.noTray':
    'Ce système n’affiche pas d’icônes de notification : fermer la fenêtre quitte Parley.',
  'desktop.startAtLogin': 'Démarrer à l’ouverture de session',
  'desktop.startAtLoginHint': 'Sans fenêtre : vos amis peuvent vous joindre dès le début.',
  'desktop.loginWaits': 'macOS attend votre accord : Réglages Système › Général › Ouverture.',
  'desktop.spellCheck': 'Vérifier l’orthographe',
  'desktop.spellCheckHint':
    'Avec les dictionnaires de ce système. Rien n’est téléchargé, rien ne quitte cet ordinateur.',
  'desktop.autoUpdate': 'Chercher les nouvelles versions',
  'desktop.autoUpdateHint':
    'Elles sont téléchargées en arrière-plan et ne redémarrent jamais Parley d’elles-mêmes.',
  'desktop.update': 'Nouvelles versions',
  'desktop.updateManual':
    'Sur ce système, Parley ne se remplace pas lui-même. Installez un paquet plus récent par-dessus.',
  'desktop.updateManualAt':
    'Sur ce système, Parley ne se remplace pas lui-même. Paquets plus récents : {url}',
  'desktop.updateOff': 'Vous cherchez vous-même les nouvelles versions.',
  'desktop.updateIdle': 'Pour autant que Parley le sache, cette version est la plus récente.',
  'desktop.updateChecking': 'Recherche d’une nouvelle version…',
  'desktop.updateDownloading': 'Téléchargement d’une nouvelle version…',
  'desktop.updateReady':
    'La version {version} est prête. Elle prendra le relais au prochain démarrage de Parley.',
  'desktop.updateFailed':
    'Une nouvelle version n’a pas pu être cherchée ou téléchargée. Parley réessaiera plus tard.',
  'desktop.updateCheck': 'Chercher maintenant',
  'desktop.updateRestart': 'Redémarrer maintenant',
  'desktop.reach.windows':
    'Si vos amis ne peuvent pas vous joindre : le pare-feu de Windows redemande pour Parley après chaque mise à jour. Autorisez-le là, sous « Autoriser une application via le pare-feu ».',
  'desktop.reach.mac':
    'Si votre réseau reste injoignable : autorisez Parley dans Réglages Système › Confidentialité et sécurité › Réseau local.',
  'desktop.keysSystem': 'Votre clé privée est protégée par le trousseau de ce système.',
  'desktop.keysFile':
    'Ce système n’offre pas de trousseau que Parley puisse utiliser : votre clé privée n’est protégée que par les droits de son fichier.',
  'desktop.log':
    'Les erreurs sont notées dans un journal sur cet ordinateur. Il ne contient aucun message.',
  'desktop.openLog': 'Afficher le journal',
  'desktop.saved': 'Enregistré.',
};
