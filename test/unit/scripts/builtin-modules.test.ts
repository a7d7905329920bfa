import { describe, expect, test } from 'vitest';
import { withoutBuiltinImports } from '../../../scripts/builtin-modules-plugin.ts';

describe("Node's own modules in the built app", () => {
  test.each([
    [
      'import { createServer as createServer$1, request } from "node:http";',
      'const { createServer: createServer$1, request } = process.getBuiltinModule("node:http");',
    ],
    ['import fs from "node:fs";', 'const fs = process.getBuiltinModule("node:fs");'],
    ['import * as fs from "node:fs";', 'const fs = process.getBuiltinModule("node:fs");'],
    [
      'import shims, { createRequire } from "node:module";',
      'const shims = process.getBuiltinModule("node:module"), { createRequire } = process.getBuiltinModule("node:module");',
    ],
    [
      'import { open } from "node:fs/promises";',
      'const { open } = process.getBuiltinModule("node:fs/promises");',
    ],
  ])('are imported without triggering their getters: %s', (before, after) => {
    expect(withoutBuiltinImports(`// one\n${before}\nlast();`)).toBe(`// one\n${after}\nlast();`);
  });

  test.each([
    'import { app } from "electron";',
    'import { a } from "./chunks/a.js";',
    'export { a } from "node:fs";',
    'const text = \'import fs from "node:fs";\';',
  ])('leave other lines unchanged: %s', (line) => {
    expect(withoutBuiltinImports(line)).toBe(line);
  });
});
