import type { Translated } from '../../catalog.ts';
import type { conversation as source } from '../en/conversation.ts';

export const conversation: Translated<typeof source> = {
  'conversation.back': 'Volver a las conversaciones',
  'conversation.details': 'Datos del contacto',
  'conversation.encrypted': 'Cifrado',
  'conversation.openMark': 'Sin verificar, sin cifrar',
  'conversation.openWhy':
    'Nada demuestra quién responde en esta dirección, y otros en la red podrían leerlo.',
  'conversation.guestMark': 'No se puede responder',
  'conversation.guestWhy':
    'Llamó sin dejar una dirección. Pídesela y conecta con ella para responder.',
  'conversation.guestWhyShort':
    'Nada demuestra quién llamó, y no hay dirección a la que responder.',
  'conversation.offline': 'Sin conexión',
  'conversation.retryIn':
    'Próximo intento en {seconds, plural, one {# segundo} many {# de segundos} other {# segundos}}',
  'conversation.retryNow': 'Intentándolo de nuevo…',
  'conversation.noRetry': 'Parley no volverá a intentarlo por su cuenta.',
  'conversation.requestTitle': '{name} quiere escribirse contigo',
  'conversation.requestHint': 'Acepta para responder o bloquea para no saber nada más.',
  'conversation.accept': 'Aceptar',
  'conversation.block': 'Bloquear',
  'conversation.unblock': 'Desbloquear',
  'conversation.blockedTitle': 'Has bloqueado a {name}',
  'conversation.blockedHint': 'Nada de lo que envíe te llega.',

  'away.offline': '{name} no tiene conexión.',
  'away.unreachable': 'Ahora mismo no se puede contactar con {name}.',
  'away.waits': 'Lo que escribas se enviará cuando vuelva.',
  'away.details': 'Detalles',
  'attempt.edit': 'Cambiar la dirección',
  'attempt.remove': 'Quitar',
  'attempt.field': 'Dirección',
  'attempt.listed': 'Todavía sin contacto',
  'attempt.sureTitle': '¿Quitar {address}?',
  'attempt.sure': 'Se borrará lo que has escrito ahí.',

  'broken.message': 'Este mensaje no se puede mostrar.',
  'broken.row': 'Esta conversación no se puede mostrar en la lista.',
  'broken.conversation': 'Esta conversación no se puede mostrar.',
  'broken.dialog': 'Esto no se puede mostrar ahora mismo.',
  'broken.window': 'Parley no puede mostrar su ventana.',
  'broken.rest': 'Todo lo demás sigue funcionando. Avísanos, por favor.',
  'broken.copy': 'Copiar el informe',
  'broken.copied': 'Se ha copiado el informe.',
  'broken.reload': 'Recargar',

  'messages.label': 'Mensajes',
  'messages.sendAgain': 'Enviar de nuevo',
  'messages.delete': 'Eliminar',
  'messages.forget': 'Olvidar',
  'messages.older': 'Cargando mensajes anteriores…',
  'messages.start': 'Aquí empieza la conversación.',
  'messages.emptyOnline': 'Ya hay conexión. Saluda.',
  'messages.emptyUnanswered':
    'Saluda primero: mientras no escribas, la otra persona no ve que te has conectado.',
  'messages.emptyWaiting': 'Ya puedes escribir. Los mensajes se envían en cuanto haya conexión.',
  'messages.emptyClosed': 'Aquí no hay nada todavía.',
  'messages.jump': 'Ir al más reciente',
  'messages.newCount':
    '{count, plural, one {# mensaje nuevo} many {# de mensajes nuevos} other {# mensajes nuevos}}',
  'messages.announce': '{name}: {body}',
  'messages.announceMany':
    '{count, plural, one {# mensaje nuevo} many {# de mensajes nuevos} other {# mensajes nuevos}} de {name}',

  'delivery.queued': 'En espera',
  'delivery.sending': 'Enviando',
  'delivery.delivered': 'Entregado',
  'delivery.read': 'Leído',
  'delivery.unconfirmed': 'Sin confirmar',
  'delivery.failed': 'Ha fallado',

  'composer.label': 'Mensaje',
  'composer.placeholder': 'Escribe un mensaje',
  'composer.placeholderOffline': 'Mensaje (se envía cuando vuelva)',
  'composer.send': 'Enviar',
  'composer.hint': 'Intro envía, Mayús+Intro empieza una línea nueva',
  'composer.count': '{used} de {limit}',

  'when.today': 'Hoy',
  'when.yesterday': 'Ayer',
};
