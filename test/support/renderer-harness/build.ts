import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { messagePlugin } from '../../../scripts/message-plugin.ts';

// A process of its own: Vite and the compiler of JSX go by `NODE_ENV`, which is a whole process's.
// Builds the renderer, the fake core and the gallery into the folder that is given.

const ROOT = resolve(import.meta.dirname, '../../..');

/** A script with all that it imports, for a page. */
async function buildScript(outDir: string, name: string, entry: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'fake', fileName: () => `${name}.js` },
    },
  });
}

const [out, mode] = process.argv.slice(2);
if (out === undefined || mode === undefined) throw new Error('A folder and a mode are needed.');
await build({
  configFile: false,
  mode,
  logLevel: 'error',
  root: join(ROOT, 'src/renderer'),
  base: './',
  plugins: [react(), messagePlugin()],
  define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  build: { outDir: out, emptyOutDir: true },
});
await buildScript(out, 'in-page', join(import.meta.dirname, 'in-page.ts'));
await buildScript(
  out,
  'in-gallery',
  join(import.meta.dirname, '../renderer-gallery/in-gallery.ts'),
);
