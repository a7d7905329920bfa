/** What the app is called wherever people see it. */
export const PRODUCT = 'Parley';

/** The system that is packaged for: this one, except in tests. */
export const TARGET = process.env['PACKAGE_FOR'] ?? process.platform;

/** What it is called in file names and by Linux's packages, and what one types to start it there. */
export const PACKAGE = 'parley';

/** macOS shows this name to people, Windows to whoever looks at what runs. */
export const EXECUTABLE = TARGET === 'linux' ? PACKAGE : PRODUCT;

/** macOS tells apps apart by this, and keeps permissions by it: it stays as it is. */
export const BUNDLE_ID = 'parley.desktop';

export const MAINTAINER = 'Parley developers';

/** Links that the app opens: `parley://`. */
export const LINK_SCHEME = 'parley';

/** One line, no full stop at its end: so packages want it. */
export const SUMMARY = 'Chat between computers, with nobody in between';

/** A few sentences for whoever reads about the package before installing it. */
export const DESCRIPTION =
  'You give a friend your address, they type it, and the two copies of Parley talk directly: ' +
  'no account, no cloud, no server to run. Made for people on one network or VPN.';
