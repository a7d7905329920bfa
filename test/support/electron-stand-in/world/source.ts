import { createCodec } from './codec.ts';
import { watchContextMenu } from './context-menu.ts';
import { linkWorlds } from './link.ts';
import { installPageWorld } from './page-world.ts';
import { installPreloadWorld, type PreloadNames } from './preload-world.ts';

// Node runs these files by blanking their types out, so a function's text is plain JavaScript.

/** The script for the page's own world. */
export function pageWorldSource(secret: string): string {
  const install = `(${installPageWorld})((${createCodec}), (${linkWorlds}), ${JSON.stringify(secret)})`;
  return `if (globalThis.top === globalThis) ${install};`;
}

/** The script for the isolated world, with the app's preload inside. */
export function preloadWorldSource(names: PreloadNames, preload: string | null): string {
  const wrapped =
    preload === null ? 'null' : `(function (require, module, exports) {\n${preload}\n})`;
  return `(${installPreloadWorld})((${createCodec}), (${linkWorlds}), (${watchContextMenu}), ${JSON.stringify(names)}, ${wrapped});`;
}
