import type { Catalog } from '../../catalog.ts';

export const problems: Catalog['problems'] = {
  'bad-address': ['{reason}', 'Escribe una dirección como 192.168.1.20:8080 o una invitación.'],
  'own-address': [
    '{address} es tu propia dirección.',
    'Escribe la dirección de la otra persona: aparece en su aplicación.',
  ],
  'name-not-found': [
    'No se encontró ningún equipo llamado {host}.',
    'Comprueba cómo se escribe o usa los números (como 192.168.1.20:8080) en lugar del nombre.',
  ],
  refused: [
    'Se llegó a {host}, pero nada atiende en el puerto {port}.',
    'Pide que inicien Parley allí y comparad el puerto con el que muestra.',
  ],
  unreachable: [
    'No hay camino hasta {host}.',
    'Comprueba que ambos equipos estén en la misma red o VPN.',
  ],
  'timed-out': [
    '{host} no respondió en el puerto {port}.',
    'Comprueba que esté encendido y en la misma red, y que su cortafuegos permita el puerto {port}.',
  ],
  'not-a-peer': [
    'En {host}:{port} funciona otra cosa, no Parley.',
    'Comprueba el puerto: aparece junto a la dirección en la aplicación de la otra persona.',
  ],
  'turned-away': [
    '{host} responde, pero no acepta tu conexión.',
    'No dice por qué: puede que te hayan bloqueado o que haya demasiadas llamadas. Pregunta por otra vía.',
  ],
  'call-refused': [
    '{host} responde, pero rechazó esta llamada: {reason}',
    'El otro lado decide a quién responde: dile a tu contacto qué ha contestado.',
  ],
  'secure-failed': [
    'No se pudo establecer la conexión cifrada con {host}:{port}.',
    'Inténtalo de nuevo; si sigue igual, comprobad que ambas copias estén actualizadas.',
  ],
  'identity-changed': [
    'En {address} responde una identidad distinta de la que conoces como {name}.',
    'No envíes nada hasta preguntar a {name} por otro medio si ha reinstalado Parley.',
  ],
  'address-taken': [
    'En {address} responde ahora {other}, no {name}.',
    'Pide a {name} su nueva dirección. Lo que escribiste a {name} queda en espera.',
  ],
  'other-recipient': [
    'Cuando se escribió esto, {name} tenía otro número de seguridad.',
    'Si sabes con certeza con quién hablas aquí, vuelve a enviarlo.',
  ],
  'contact-copies': [
    '{name} está en línea en dos lugares a la vez con el mismo perfil.',
    'Pide a {name} que cierre uno: lo que escribes llega solo a uno de los dos. Si {name} no sabe nada, quizá otra persona tenga una copia.',
  ],
  'own-copy-seen': [
    '{name} te ve en línea en dos lugares a la vez con este perfil.',
    'Cierra uno de los dos: los mensajes llegan solo a uno. Si no sabes de otro, quizá alguien tenga una copia de tu perfil.',
  ],
  'own-copy-called': [
    'Hay otro Parley con este perfil en marcha en {host}.',
    'Cierra uno de los dos: los mensajes llegan solo a uno. Si no sabes de otro, quizá alguien tenga una copia de tu perfil.',
  ],
  'strangers-full': [
    'Personas que no has aceptado han dejado tanto que sus siguientes mensajes tienen que esperar.',
    'Acepta a quienes conozcas y borra o bloquea a los demás. No se pierde nada: lo que espera sigue en poder de quien lo envía.',
  ],
  'identity-known': [
    'Esa clave ya es la de {name}.',
    'Si son la misma persona, une las dos conversaciones.',
  ],
  'looks-known': [
    'Ya conoces a {known}, con otra clave de seguridad que {name}.',
    'Compara los códigos con {known} por otro medio antes de aceptar.',
  ],
  'identity-unseen': [
    'Ninguna otra identidad ha respondido por {name}.',
    'Intenta conectar de nuevo y mira qué responde.',
  ],
  'plain-refused': [
    'Conocías a {name} por una conexión cifrada, pero en {address} solo responde una sin cifrar.',
    'Pide a {name} que inicie Parley allí; no se envió nada.',
  ],
  'peer-busy': [
    '{host} no acepta llamadas en este momento: {reason}',
    'Espera un momento e inténtalo de nuevo.',
  ],
  'too-many-open': [
    'Este equipo tiene demasiadas conexiones abiertas para llegar a {host}.',
    'Cierra otros programas e inténtalo de nuevo.',
  ],
  'not-encrypted': [
    'La conexión con {host}:{port} no está cifrada y nadie demuestra allí quién es.',
    'Úsala en este equipo o en una red de confianza; con Parley en ambos lados va cifrada.',
  ],
  'identity-unproven': [
    '{host}:{port} responde cifrado, pero con una clave que no usa ningún programa de chat.',
    'Comprueba el puerto: puede que sea un servidor web.',
  ],
  'peer-silent': [
    'Algo acepta la conexión en {host}:{port}, pero no responde.',
    'Comprueba el puerto y pide a quien lo gestione que lo reinicie.',
  ],
  'protocol-unknown': [
    'El otro lado en {host}:{port} no dice qué versión del protocolo de Parley habla.',
    'Si los mensajes no llegan, pide que actualicen Parley.',
  ],
  'protocol-differs': [
    'El otro lado habla la versión {theirs} del protocolo de Parley; esta copia, la versión {ours}.',
    'Actualizad la más antigua de las dos copias.',
  ],
  'batch-only': [
    'El otro lado en {host}:{port} solo responde a peticiones sueltas, así que no puede escribirte por esta conexión.',
    'Da tu dirección a quien lo gestione: para escribir primero, tiene que llamarte.',
  ],
  'clock-differs': [
    'El reloj de {name} va {difference} {direction, select, behind {atrasado} other {adelantado}}.',
    'Poned ambos relojes en hora por internet; hasta entonces las horas de los mensajes no son correctas, pero no se pierde ninguno.',
  ],
  'inbound-local-only': [
    'Esta copia solo atiende llamadas de este equipo, así que {name} no puede llamarla.',
    'Permite en los ajustes las llamadas de toda la red, o conecta siempre tú.',
  ],
  'inbound-refused': [
    '{name} intentó devolver la llamada, pero en tu dirección nada atiende en el puerto {port}.',
    'Si hay un rúter entre vosotros, redirige el puerto {port} a este equipo; si no, conecta siempre tú.',
  ],
  'inbound-timed-out': [
    '{name} intentó devolver la llamada en el puerto {port}, pero no obtuvo respuesta.',
    'Permite el puerto {port} en el cortafuegos de este equipo y de su rúter, o conecta siempre tú.',
  ],
  'inbound-other-identity': [
    '{name} intentó devolver la llamada en el puerto {port}, pero allí responde algo distinto de esta copia.',
    'Si hay un rúter entre vosotros, comprueba a qué equipo redirige el puerto {port}.',
  ],
  cancelled: ['Se abandonó el intento de conexión.', 'Conecta de nuevo cuando quieras.'],
  'connection-lost': ['Se perdió la conexión con {host}.', 'Parley sigue intentándolo.'],
  'no-answer': [
    'Enviado, pero sin confirmar. Puede que no haya llegado.',
    'Pregunta si llegó antes de enviarlo de nuevo.',
  ],
  'call-failed': [
    'El otro lado respondió con un error: {reason}',
    'Inténtalo más tarde o pregunta a quien lo gestione.',
  ],
  'cannot-answer': [
    '{name} llamó sin dejar una dirección, así que no hay adónde responder.',
    'Pídele su dirección y conecta con ella.',
  ],
  blocked: ['Has bloqueado a {name}.', 'Desbloquéalo primero.'],
  'message-empty': ['El mensaje está vacío.', 'Escribe algo primero.'],
  'message-too-long': [
    'El mensaje tiene {bytes, number} bytes; el límite es {limit, number}.',
    'Divídelo en mensajes más cortos.',
  ],
  'message-not-utf8': [
    'El texto no está en UTF-8 y llegaría dañado.',
    'Conviértelo antes a UTF-8, por ejemplo con iconv, y vuelve a enviarlo.',
  ],
  'message-malformed': [
    'El mensaje contiene medio carácter (un sustituto sin pareja).',
    'Escríbelo de nuevo o pégalo desde otro programa.',
  ],
  'name-empty': ['El nombre está vacío.', 'Escribe el nombre que deben ver los demás.'],
  'name-too-long': [
    'El nombre tiene {bytes, number} bytes; el límite es {limit, number}.',
    'Elige un nombre más corto.',
  ],
  'over-limit': ['Demasiado a la vez: {what}.', 'Espera un momento e inténtalo de nuevo.'],
  'port-in-use': ['El puerto {port} ya lo usa {owner}.', 'Ciérralo o elige otro puerto.'],
  'port-forbidden': [
    'Este usuario no puede atender en el puerto {port}.',
    'Elige un puerto superior a 1023.',
  ],
  'host-unavailable': [
    'Este equipo no tiene la dirección de red {host}.',
    'Usa 127.0.0.1 solo para este equipo o 0.0.0.0 para toda la red.',
  ],
  'port-invalid': ['{port} no es un puerto.', 'Elige un número entero de 1 a 65535.'],
  'file-unusable': [
    'No se pudo usar {file}: {reason}',
    'Comprueba la ruta, los permisos y el espacio libre, e inténtalo de nuevo.',
  ],
  storage: [
    'No se pudo escribir el historial: {reason}',
    'Libera espacio o comprueba los permisos de la carpeta de datos, e inténtalo de nuevo.',
  ],
  'settings-mended': [
    'Algunos ajustes de este perfil estaban dañados y han vuelto a sus valores iniciales.',
    'Abre los ajustes y revísalos.',
  ],
  'folder-open': [
    'Otros usuarios de este equipo pueden abrir la carpeta de este perfil ({folder}).',
    'Quítales el permiso o pon el perfil en una carpeta que sea solo tuya.',
  ],
  'not-answered': [
    '{name} aún no ha respondido.',
    'Lo que todavía no se puede entregar espera y se envía solo en cuanto responda.',
  ],
  'cannot-take': [
    '{name} no puede recibir mensajes en este momento.',
    'Lo que escribas espera y se envía solo en cuanto se pueda.',
  ],
  'import-invalid': [
    'La importación se detuvo en la línea {line}: {reason}',
    'Elige un archivo exportado por Parley; lo anterior a esa línea ya está importado y volver a importar no lo duplica.',
  ],
  'import-newer': [
    'El archivo lo exportó una versión más nueva de Parley (formato {version}).',
    'Actualiza primero Parley; no se importó nada.',
  ],
  'unknown-contact': ['Ese contacto no existe.', 'Puede que se haya eliminado; elige otro.'],
  'unknown-message': ['Ese mensaje no existe.', 'Puede que se haya eliminado.'],
  'bad-input': ['No se entendió la petición: {reason}', 'Comunícalo, por favor.'],
  'clipboard-refused': [
    'El navegador no permite que esta página use el portapapeles.',
    'Selecciona el texto y cópialo tú.',
  ],
  'link-refused': [
    'Eso no es la dirección de una página web que se pueda abrir.',
    'Cópiala y mírala con atención antes de abrirla tú.',
  ],
  'no-browser': ['El sistema no pudo abrir la dirección.', 'Cópiala y ábrela tú en el navegador.'],
  paused: [
    'Parley está en pausa: estás sin conexión y lo que envíes espera.',
    'Elige «Reanudar» para volver a estar localizable.',
  ],
  stopped: ['Parley se está cerrando.', 'Inícialo de nuevo.'],
  internal: [
    'Algo ha fallado dentro de Parley.',
    'Inténtalo de nuevo; si ocurre dos veces, comunícalo con el registro.',
  ],
};

export const terms: Catalog['terms'] = {
  'calls back': 'devoluciones de llamada',
  'not accepted yet': 'mensajes aún no aceptados',
  'requests are waiting': 'solicitudes en espera',
  'strangers are calling': 'llamadas de desconocidos',
  'another program': 'otro programa',
};
