import type { Translated } from '../../catalog.ts';
import type { settings as source } from '../en/settings.ts';

export const settings: Translated<typeof source> = {
  'settings.open': 'Ajustes',
  'settings.title': 'Ajustes',
  'settings.you': 'Tú',
  'settings.reachability': 'Quién puede contactarte',
  'settings.privacy': 'Privacidad',
  'settings.appearance': 'Apariencia',
  'settings.about': 'Acerca de',
  'settings.save': 'Guardar',
  'settings.name': 'Tu nombre',
  'settings.nameHint': 'Es el nombre que ven los demás.',
  'settings.renamed': 'Ahora te llamas {name}.',
  'settings.identity': 'Tu código de identidad',
  'settings.identityHint': 'Los demás pueden compararlo con el que su Parley muestra para ti.',
  'settings.port': 'Puerto',
  'settings.portHint': 'Forma parte de tu dirección: quien tenga la antigua necesita la nueva.',
  'settings.moved': 'Tu puerto es ahora el {port}.',

  'settings.reach': '¿Quién puede llegar a ti?',
  'settings.reach.this-computer': 'Solo este equipo',
  'settings.reach.this-computerHint': 'Nadie más puede llamarte. Tú sí puedes llamar a otros.',
  'settings.reach.network': 'Mi red',
  'settings.reach.networkHint':
    'Cualquiera en tu red puede escribirte. Quienes no conoces van a Solicitudes.',
  'settings.reachNow': 'Se puede llegar a ti en',
  'settings.reached.this-computer': 'Desde ahora solo este equipo puede llegar a ti.',
  'settings.reached.network': 'Desde ahora tu red puede llegar a ti.',

  'settings.openContract': 'Llamadas sin cifrar',
  'settings.openContractHint':
    'Otros programas de Cap’n Web pueden escribirte sin verificación ni cifrado. Quedan marcados así.',
  'settings.openContract.this-computer': 'Solo desde este equipo',
  'settings.openContract.network': 'También desde la red',
  'settings.openContractSaved.this-computer':
    'Las llamadas sin cifrar se atienden ahora solo desde este equipo.',
  'settings.openContractSaved.network':
    'Las llamadas sin cifrar se atienden ahora también desde la red.',

  'settings.receipts': 'Indicar a los demás lo que has leído',
  'settings.receiptsHint': 'Ven «Leído» debajo de sus mensajes.',
  'settings.receiptsOn': 'Los demás ven ahora lo que has leído.',
  'settings.receiptsOff': 'Los demás ya no ven lo que has leído.',
  'settings.typing': 'Indicar a los demás que estás escribiendo',
  'settings.typingHint': 'Lo ven mientras escribes, nunca lo que escribes.',
  'settings.typingOn': 'Los demás ven ahora que estás escribiendo.',
  'settings.typingOff': 'Los demás ya no ven que estás escribiendo.',

  'settings.theme': 'Tema',
  'settings.theme.system': 'Como el sistema',
  'settings.theme.light': 'Claro',
  'settings.theme.dark': 'Oscuro',
  'settings.textSize': 'Tamaño del texto',
  'settings.textSize.small': 'Pequeño',
  'settings.textSize.standard': 'Normal',
  'settings.textSize.large': 'Grande',
  'settings.textSize.largest': 'Muy grande',
  'settings.language': 'Idioma',
  'settings.language.system': 'Como el sistema',
  'settings.version': 'Parley {version}',
  'settings.shortcuts': 'Atajos de teclado',
};
