import type { Translated } from '../../catalog.ts';
import type { desktop as source } from '../en/desktop.ts';

export const desktop: Translated<typeof source> = {
  'desktop.title': 'Aplicación de escritorio',
  'desktop.closeToTray': 'Seguir en marcha al cerrar la ventana',
  'desktop.closeToTrayHint':
    'Parley se queda en la bandeja y tus amigos pueden localizarte. Sal desde ahí.',
  'desktop.noTray':
    'Este sistema no muestra iconos en la bandeja: al cerrar la ventana se sale de Parley.',
  'desktop.startAtLogin': 'Iniciar al entrar en la sesión',
  'desktop.startAtLoginHint': 'Sin ventana: tus amigos pueden localizarte desde el principio.',
  'desktop.loginWaits': 'macOS espera tu permiso: Ajustes del Sistema › General › Ítems de inicio.',
  'desktop.spellCheck': 'Revisar la ortografía',
  'desktop.spellCheckHint':
    'Con los diccionarios de este sistema. No se descarga nada y nada sale de este equipo.',
  'desktop.autoUpdate': 'Buscar versiones nuevas',
  'desktop.autoUpdateHint': 'Se descargan en segundo plano y nunca reinician Parley por su cuenta.',
  'desktop.update': 'Versiones nuevas',
  'desktop.updateManual':
    'En este sistema Parley no se sustituye a sí mismo. Instala un paquete más reciente encima.',
  'desktop.updateManualAt':
    'En este sistema Parley no se sustituye a sí mismo. Paquetes más recientes: {url}',
  'desktop.updateOff': 'Las versiones nuevas las buscas tú.',
  'desktop.updateIdle': 'Por lo que sabe Parley, esta es la versión más reciente.',
  'desktop.updateChecking': 'Buscando una versión nueva…',
  'desktop.updateDownloading': 'Descargando una versión nueva…',
  'desktop.updateReady':
    'La versión {version} está lista. Se usará cuando Parley vuelva a iniciarse.',
  'desktop.updateFailed':
    'No se pudo buscar o descargar una versión nueva. Parley lo intentará más tarde.',
  'desktop.updateCheck': 'Buscar ahora',
  'desktop.updateRestart': 'Reiniciar ahora',
  'desktop.reach.windows':
    'Si tus amigos no pueden localizarte: el firewall de Windows vuelve a preguntar por Parley con cada versión nueva. Permítelo ahí, en «Permitir una aplicación a través del firewall».',
  'desktop.reach.mac':
    'Si no se llega a tu red: permite Parley en Ajustes del Sistema › Privacidad y seguridad › Red local.',
  'desktop.keysSystem': 'Tu clave privada está protegida por el llavero de este sistema.',
  'desktop.keysFile':
    'Este sistema no ofrece un llavero que Parley pueda usar: a tu clave privada solo la protegen los permisos de su archivo.',
  'desktop.log': 'Los errores se anotan en un registro en este equipo. No contiene mensajes.',
  'desktop.openLog': 'Mostrar el registro',
  'desktop.saved': 'Guardado.',
};
