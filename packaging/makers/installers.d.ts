// Both packages come without types. What we pass is theirs to check.
declare module 'electron-installer-debian' {
  const installer: (
    options: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly packagePaths: readonly string[] }>;
  export = installer;
}
declare module 'electron-installer-redhat' {
  const installer: (
    options: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly packagePaths: readonly string[] }>;
  export = installer;
}
