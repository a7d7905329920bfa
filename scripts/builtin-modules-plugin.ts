import type { Plugin } from 'vite';

/** `import` of one of Node's own modules, as the bundler writes it: one statement a line. */
const IMPORT =
  /^import (?:(?<whole>[\w$]+)(?:, )?|\* as (?<namespace>[\w$]+))?(?:\{ (?<names>[^}]*) \})? from "(?<module>node:[\w/]+)";$/gm;

/** One that was written otherwise. */
const LEFT = /(?:^|;)import\b[^;]*?["']node:/m;

/**
 * Gets Node's own modules without `import`, which reads every export of a module, getters included:
 * that of `node:http` evaluates all of `fetch`, which takes as long as the rest of a bare server's
 * start and which nothing here uses.
 */
export function builtinModulesPlugin(): Plugin {
  return {
    name: 'parley:builtin-modules',
    // After the source maps are made: they say nothing of these lines, and no line moves.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          file.code = withoutBuiltinImports(file.code);
          if (LEFT.test(file.code)) this.error(`${file.fileName} still imports a module of Node.`);
        }
      },
    },
  };
}

/** A chunk's code with the same bindings, in the same lines. */
export function withoutBuiltinImports(code: string): string {
  return code.replace(IMPORT, (...found) => {
    const { whole, namespace, names, module } = found.at(-1) as Record<string, string | undefined>;
    const name = whole ?? namespace;
    const bindings = [
      ...(name === undefined ? [] : [name]),
      ...(names === undefined ? [] : [`{ ${names.replaceAll(' as ', ': ')} }`]),
    ];
    return `const ${bindings.map((it) => `${it} = process.getBuiltinModule("${module}")`).join(', ')};`;
  });
}
