import type { Translated } from '../../catalog.ts';
import type { notifications as source } from '../en/notifications.ts';

export const notifications: Translated<typeof source> = {
  'notifications.title': 'Notificaciones',
  'notifications.legend': 'Qué muestran las notificaciones',
  'notifications.hint': 'Aparecen mientras no estás mirando Parley.',
  'notifications.level.text': 'Nombre y mensaje',
  'notifications.level.name': 'Solo el nombre',
  'notifications.level.hidden': 'Ni nombre ni mensaje',
  'notifications.level.hiddenHint': 'Solo «Mensaje nuevo».',
  'notifications.level.off': 'Sin notificaciones',
  'notifications.set.text': 'Las notificaciones muestran ahora quién ha escrito y qué.',
  'notifications.set.name': 'Las notificaciones muestran ahora quién ha escrito, pero no qué.',
  'notifications.set.hidden': 'Las notificaciones solo dicen ahora que hay un mensaje nuevo.',
  'notifications.set.off': 'Las notificaciones están desactivadas.',
  'notifications.ask': 'Antes, tu navegador tiene que permitir las notificaciones de esta página.',
  'notifications.allow': 'Permitir notificaciones',
  'notifications.notYet':
    'El navegador no lo ha permitido, así que todavía no se mostrará nada. Elige de nuevo para que vuelva a preguntar.',
  'notifications.denied':
    'Tu navegador no deja que esta página muestre notificaciones. Permítelas en los ajustes de esta página, junto a la dirección, y elige de nuevo.',
  'notifications.deniedBySystem':
    'Tu sistema no deja que Parley muestre notificaciones. Permítelas en los ajustes del sistema, en «Notificaciones», y elige de nuevo.',
  'notifications.unsupported':
    'Aquí no se pueden mostrar notificaciones: este navegador o sistema no las tiene.',
  'notifications.muted':
    'Las conversaciones silenciadas no te avisan. Su número de no leídos se sigue mostrando.',
  'notifications.new':
    '{count, plural, one {Mensaje nuevo} many {# de mensajes nuevos} other {# mensajes nuevos}}',
  'notifications.from':
    '{name} ({count, plural, one {# mensaje nuevo} many {# de mensajes nuevos} other {# mensajes nuevos}})',
};
