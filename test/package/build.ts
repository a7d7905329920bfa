import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type BuiltPackages, buildPackages } from './build-packages.ts';

declare module 'vitest' {
  interface ProvidedContext {
    packages: BuiltPackages;
  }
}

/** Builds all packages once, before the tests of this project. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-package-'));
  project.provide('packages', await buildPackages(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
