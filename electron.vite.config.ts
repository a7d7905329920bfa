import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { asciiPlugin } from './scripts/ascii-plugin.ts';
import { builtinModulesPlugin } from './scripts/builtin-modules-plugin.ts';
import { messagePlugin } from './scripts/message-plugin.ts';
import { thinEmojiPlugin } from './scripts/thin-emoji-plugin.ts';

// Everything is bundled: the package holds only `out`, no node_modules. `electron` and Node's own
// modules are the host's; `bufferutil` and `utf-8-validate` are optional native helpers of ws that
// we do not ship (Node's own code does their work).
const external = ['electron', /^node:/, 'bufferutil', 'utf-8-validate'];

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      sourcemap: true,
      rollupOptions: {
        external,
        input: { index: 'src/main/index.ts', parley: 'src/hosts/terminal/index.ts' },
      },
    },
    plugins: [builtinModulesPlugin(), asciiPlugin()],
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron'],
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { index: 'src/renderer/index.html' },
        output: {
          codeSplitting: {
            // What is loaded before the page is drawn is one file, whatever later ones share with it:
            // as seventeen it weighed 4 kB more.
            groups: [{ name: 'page', tags: ['$initial'] }],
          },
        },
      },
    },
    plugins: [react(), messagePlugin(), thinEmojiPlugin()],
  },
});
