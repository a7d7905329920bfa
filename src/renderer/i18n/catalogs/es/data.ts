import type { Translated } from '../../catalog.ts';
import type { data as source } from '../en/data.ts';

export const data: Translated<typeof source> = {
  'data.title': 'Datos',
  'data.where': 'Todo se guarda en este equipo',
  'data.memory': 'No se guarda nada en el disco: todo desaparece cuando Parley termina.',
  'data.size': '{size} en el disco',
  'data.copyFolder': 'Copiar la ruta de la carpeta',
  'data.export': 'Exportar…',
  'data.exportHint':
    'Todos los contactos y mensajes en un archivo de texto. No está cifrado: guárdalo donde nadie más pueda leerlo. Tu clave privada no está en él.',
  'data.exporting': 'Exportando…',
  'data.exported': 'Exportado a {file}.',
  'data.downloading': 'Tu navegador está guardando el archivo.',
  'data.import': 'Importar…',
  'data.importHint': 'Añade todo lo de una exportación que aún no esté aquí.',
  'data.importing': 'Importando…',
  'data.imported':
    '{contacts, plural, one {# contacto} many {# contactos} other {# contactos}} y {messages, plural, one {# mensaje} many {# mensajes} other {# mensajes}} añadidos.',
  'data.importedNothing': 'Todo lo de ese archivo ya estaba aquí.',
  'data.notTaken.reach':
    'Donde se creó el archivo, se podía llegar a Parley desde la red. Aquí no cambia nada: puedes cambiarlo en «Cómo llegar a ti».',
  'data.notTaken.openContract':
    'Allí también se respondía a llamadas sin cifrar desde la red. Aquí no cambia nada: puedes cambiarlo en «Llamadas sin cifrar».',
  'data.notTaken.verified':
    'Algunos contactos estaban verificados allí. Un archivo no puede demostrarlo: vuelve a comparar aquí sus números de seguridad.',
  'data.notTaken.own':
    'Uno de los contactos del archivo eres tú: esa conversación no se ha importado.',
  'data.delete': 'Eliminar todo…',
  'data.deleteHint': 'Tu nombre, tus ajustes y tu clave se conservan.',
  'data.deleteTitle': '¿Eliminar todo?',
  'data.deleteSure':
    'Todos los contactos y todos los mensajes se eliminan de este equipo. No se puede deshacer. Los demás conservan lo que les has enviado.',
  'data.deleteWord': 'eliminar',
  'data.deleteType': 'Escribe «{word}» para confirmar:',
  'data.deleteYes': 'Eliminar todo',
  'data.deleting': 'Eliminando…',
  'data.deleted': 'Todos los contactos y mensajes se han eliminado.',

  'about.licence': 'Software libre con licencia MIT, sin ninguna garantía.',
  'about.protocol': 'Habla Cap’n Web, un protocolo abierto que se describe en',
  'about.seenTitle': 'Lo que los demás pueden ver de ti',
  'about.seenNobody': 'No interviene ningún servidor, así que ninguna empresa ve nada.',
  'about.seenContacts':
    'Tus contactos ven tu nombre, tu código de identidad, la dirección desde la que llamas y si tu Parley está en marcha.',
  'about.seenKnock':
    'Quien pueda llegar a tu dirección puede saber que allí hay un Parley, tu nombre y cuántos mensajes has recibido.',
  'about.seenRead': 'Ven lo que has leído.',
  'about.seenNotRead': 'No ven lo que has leído.',
  'about.seenTyping': 'Ven que estás escribiendo.',
  'about.seenNotTyping': 'No ven que estás escribiendo.',
  'about.seenWay':
    'La red que hay en medio ve quién se conecta con quién, pero no lo que escribes.',
};
