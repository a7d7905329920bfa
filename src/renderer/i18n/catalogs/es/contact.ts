import type { Translated } from '../../catalog.ts';
import type { contact as source } from '../en/contact.ts';

export const contact: Translated<typeof source> = {
  'contact.addresses': 'Direcciones',
  'contact.copyAddress': 'Copiar {address}',
  'contact.since': 'En tu lista desde el {date}',
  'contact.encryptedWhy': 'Cifrado y reconocido por su clave.',
  'contact.unknownWhy': 'Nunca ha respondido, así que no se sabe quién está ahí.',
  'contact.identity': 'Código de identidad',
  'contact.identityHint':
    'Representa su clave y es el mismo en cada dirección. {name} lo ve en sus propios ajustes.',
  'contact.copyIdentity': 'Copiar código de identidad',
  'contact.remove': 'Olvidar contacto…',
  'contact.removeTitle': '¿Olvidar a {name}?',
  'contact.removeSure':
    'El contacto y todos los mensajes de esta conversación se eliminan de este equipo. No se puede deshacer.',
  'contact.removeYes': 'Olvidar y eliminar',
  'contact.block': 'Bloquear',
  'contact.unblock': 'Desbloquear',

  'trust.heading': '¿Es realmente {name}?',
  'trust.none': 'En absoluto',
  'trust.first-use': 'Conocido desde el primer contacto',
  'trust.invite': 'Conocido por una invitación',
  'trust.verified': 'Verificado por ti',
  'trust.noneWhy': 'No tiene clave, así que cualquiera podría responder en su lugar.',
  'trust.first-useWhy':
    'Parley recuerda la clave que respondió primero y detecta cualquier otra. Comparad el número de seguridad para saber con certeza que era {name} desde el principio.',
  'trust.inviteWhy':
    'La invitación prometía esta clave, y esta clave respondió. Es tan fiable como el camino por el que te llegó la invitación.',
  'trust.verifiedWhy': 'Comparaste el número de seguridad con {name} y era el mismo.',

  'safety.heading': 'Número de seguridad',
  'safety.how':
    'Llama a {name} o reuníos y leeos estos grupos el uno al otro. No los enviéis por esta conversación. Si todos coinciden en ambas pantallas, nadie está escuchando.',
  'safety.computing': 'Calculando el número…',
  'safety.same': 'Son iguales: marcar como verificado',
  'safety.takeBack': 'Quitar la verificación',
  'safety.marked': '{name} consta ahora como verificado.',
  'safety.tookBack': '{name} ya no consta como verificado.',
  'safety.different':
    'Si no coinciden, puede que alguien esté escuchando: no escribas nada privado y pregunta a {name} en persona.',

  'changed.title': 'La clave de seguridad de {name} ha cambiado',
  'changed.what':
    'En su dirección responde una clave distinta de la que conoces. Ocurre cuando {name} reinstala Parley o cambia de equipo. También ocurre cuando alguien se hace pasar por {name}.',
  'changed.held': 'No se envía nada a la clave nueva. Lo que escribas espera aquí.',
  'changed.ask': 'Pide a {name} su código de identidad por otro medio, por ejemplo por teléfono.',
  'changed.known': 'El código que conoces',
  'changed.found': 'El código que responde ahora',
  'changed.keep': 'No confiar todavía',
  'changed.trust': 'Es {name} de verdad: confiar en la clave nueva',
  'changed.sureTitle': '¿Confiar en la clave nueva?',
  'changed.sure':
    'A partir de ahora esta clave es {name} para ti, y los mensajes en espera se le envían. Hazlo solo si {name} te ha confirmado el código nuevo.',
  'changed.yes': 'Confiar en la clave nueva',
  'changed.done': 'Ahora confías en la clave nueva de {name}.',
  'changed.kept':
    'La clave que conoces se mantiene. Volverás a tener conexión cuando te llame o cuando responda a un nuevo intento.',
  'plain.title': 'Esta conexión no está cifrada',
  'plain.what':
    'Conoces a {name} por una conexión cifrada, pero ahora en su dirección solo responde una sin cifrar. Puede que allí funcione otro programa o que alguien quiera leer los mensajes.',
  'plain.held': 'No se envía nada sin cifrar. Lo que escribas espera aquí.',
  'alike.both': 'Ya conoces a {name} en esta dirección, con otra clave de seguridad',
  'alike.name': 'Ya conoces a {name}, con otra clave de seguridad',
  'alike.address': 'Conoces esta dirección como la de {name}, con otra clave de seguridad',
  'alike.what':
    'Puede ser {name} con un equipo nuevo. También puede ser alguien que se hace pasar por {name}. Comparad los códigos por otro medio, por ejemplo por teléfono, antes de aceptar.',
  'alike.online': '{name} está en línea ahora mismo con la clave que conoces.',
  'alike.code': 'El código de esta solicitud',
  'alike.open': 'Abrir la conversación con {name}',
  'alike.same': 'Es {name} de verdad…',
  'alike.other': 'Es otra persona…',
  'alike.sameTitle': '¿Confiar en la clave nueva y unir las dos conversaciones?',
  'alike.sameSure':
    'A partir de ahora esta clave es {name} para ti. Las dos conversaciones pasan a ser una, y los mensajes que esperan a {name} se envían a la clave nueva. Hazlo solo si {name} te ha confirmado el código nuevo.',
  'alike.merge': 'Unir las dos conversaciones',
  'alike.otherTitle': '¿Aceptar como otra persona?',
  'alike.otherSure':
    'Tendrás dos conversaciones fáciles de confundir. La clave que conoces de {name} se queda como está.',
  'alike.acceptOther': 'Aceptar como otra persona',
};
