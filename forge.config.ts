import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { FusesPlugin } from '@electron-forge/plugin-fuses';
import type { ForgeConfig } from '@electron-forge/shared-types';
import { appFiles, isWanted, shippedPackage } from './packaging/app-files.ts';
import { FUSES } from './packaging/fuses.ts';
import { BUNDLE_ID, EXECUTABLE, LINK_SCHEME, MAINTAINER, PRODUCT } from './packaging/identity.ts';
import { putLicences } from './packaging/licences.ts';
import { sealUnsigned } from './packaging/mac/seal.ts';
import { putMacTexts } from './packaging/mac/texts.ts';
import { makersFor } from './packaging/makers/choice.ts';
import { signingFrom } from './packaging/signing.ts';

const root = import.meta.dirname;

const signing = signingFrom(process.env);

/** Taken at first use: the app may be built after this file was loaded. */
let files: ReadonlySet<string> | null = null;
const isLeftOut = (path: string): boolean => {
  files ??= appFiles(root);
  return !isWanted(files, path);
};

// How packages are made: see docs/RELEASING.md. `npm run make` comes here.
const config: ForgeConfig = {
  outDir: 'dist',
  packagerConfig: {
    name: PRODUCT,
    executableName: EXECUTABLE,
    appBundleId: BUNDLE_ID,
    appCopyright: `Copyright © ${MAINTAINER}`,
    appCategoryType: 'public.app-category.social-networking',
    icon: join(root, 'packaging/icons/parley'),
    asar: true,
    // Everything is bundled: there are no dependencies to keep or to prune.
    prune: false,
    ignore: isLeftOut,
    sanitizePackageJson: [shippedPackage],
    protocols: [{ name: `${PRODUCT} link`, schemes: [LINK_SCHEME] }],
    // A hidden app goes on watching its links and answering friends' calls.
    extendInfo: { LSAppNapIsDisabled: true },
    usageDescription: {
      LocalNetwork: 'Parley talks directly with the copies of your friends in your network.',
    },
    win32metadata: { CompanyName: MAINTAINER, ProductName: PRODUCT, FileDescription: PRODUCT },
    ...(process.env['ELECTRON_ZIP_DIR'] && { electronZipDir: process.env['ELECTRON_ZIP_DIR'] }),
    ...signing,
  },
  plugins: [new FusesPlugin(FUSES)],
  makers: makersFor(process.platform).flatMap((it) => ('maker' in it ? [it.maker] : [])),
  hooks: {
    postPackage: async (_config, { platform, outputPaths }) => {
      for (const path of outputPaths) {
        // Made as a temporary folder, which only its maker may enter.
        await chmod(path, 0o755);
        if (platform === 'darwin' && !signing.osxSign) await sealUnsigned(path);
      }
    },
    // Electron as it was unpacked, before anything of ours is in it.
    packageAfterExtract: async (_config, folder, _version, platform) => {
      await putLicences(root, folder, platform);
      if (platform === 'darwin') await putMacTexts(folder);
    },
  },
};

export default config;
