/** What the app is called wherever people see it. */
export const PRODUCT = 'Parley';

/** The executable's and the package's name. */
export const EXECUTABLE = 'parley';

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
