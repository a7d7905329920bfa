import { FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * Switches in Electron's own binary, set once when a package is made. All of them are named, and
 * `strictlyRequireAllFuses` refuses an Electron that has one more, until somebody has decided.
 */
export const FUSES = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  /** A signed chat app is not to be borrowed as a Node to run other code with. */
  [FuseV1Options.RunAsNode]: false,
  /** Nothing is kept in cookies, but what Chromium keeps is kept encrypted. */
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  /** macOS and Windows: a changed app.asar does not start. Linux has no such check. */
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  /** There is no snapshot of our own to load. */
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  /** The page comes from a scheme of its own; `file:` gets no more than in a browser. */
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  /** Electron's default: WebAssembly, if a library ever brings some, is checked by the processor. */
  [FuseV1Options.WasmTrapHandlers]: true,
} as const;
