import { resolve } from 'node:path';
import { api, type PackageOptions } from '@electron-forge/core';

// PACKAGE_FOR=darwin node package-for.ts FOLDER: packages the built app for another system, without
// making installers. A process of its own, because all of it is told by the environment.

const platform = process.env['PACKAGE_FOR'] as PackageOptions['platform'] & string;
const outDir = resolve(process.argv[2] ?? '.');
const dir = resolve(import.meta.dirname, '../..');
const [made] = await api.package({ dir, arch: 'x64', interactive: false, platform, outDir });
console.log(made?.packagedPath);
