import type { Translated } from '../../catalog.ts';
import type { notifications as source } from '../en/notifications.ts';

export const notifications: Translated<typeof source> = {
  'notifications.title': 'Notifications',
  'notifications.legend': 'Ce que montrent les notifications',
  'notifications.hint': 'Elles apparaissent quand vous ne regardez pas Parley.',
  'notifications.level.text': 'Nom et message',
  'notifications.level.name': 'Nom seulement',
  'notifications.level.hidden': 'Ni nom ni message',
  'notifications.level.hiddenHint': 'Seulement « Nouveau message ».',
  'notifications.level.off': 'Aucune notification',
  'notifications.set.text': 'Les notifications montrent maintenant qui a écrit, et quoi.',
  'notifications.set.name': 'Les notifications montrent maintenant qui a écrit, mais pas quoi.',
  'notifications.set.hidden':
    'Les notifications disent maintenant seulement qu’il y a un nouveau message.',
  'notifications.set.off': 'Les notifications sont désactivées.',
  'notifications.ask': 'Votre navigateur doit d’abord autoriser les notifications de cette page.',
  'notifications.allow': 'Autoriser les notifications',
  'notifications.notYet':
    'Le navigateur ne l’a pas autorisé : rien ne sera encore montré. Choisissez à nouveau pour qu’il redemande.',
  'notifications.denied':
    'Votre navigateur ne laisse pas cette page montrer des notifications. Autorisez-les dans ses réglages pour cette page, à côté de l’adresse, puis choisissez à nouveau.',
  'notifications.deniedBySystem':
    'Votre système ne laisse pas Parley montrer de notifications. Autorisez-les dans les réglages du système, sous « Notifications », puis choisissez à nouveau.',
  'notifications.unsupported':
    'Les notifications ne peuvent pas être montrées ici : ce navigateur ou ce système n’en a pas.',
  'notifications.muted':
    'Les conversations en sourdine ne vous notifient pas. Leur nombre de messages non lus reste affiché.',
  'notifications.new':
    '{count, plural, one {Nouveau message} many {# de nouveaux messages} other {# nouveaux messages}}',
  'notifications.from':
    '{name} ({count, plural, one {# nouveau message} many {# de nouveaux messages} other {# nouveaux messages}})',
};
