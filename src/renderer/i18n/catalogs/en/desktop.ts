/** The desktop app itself: what its settings say. */
export const desktop = {
  'desktop.title': 'Desktop app',
  'desktop.closeToTray': 'Keep running when the window is closed',
  'desktop.closeToTrayHint':
    'Parley stays in the tray, and friends can reach you. Quit it from there.',
  'desktop.noTray': 'This system shows no tray icons, so closing the window quits Parley.',
  'desktop.startAtLogin': 'Start when you log in',
  'desktop.startAtLoginHint': 'Without a window: friends can reach you from the start.',
  'desktop.loginWaits':
    'macOS is waiting for your consent: System Settings › General › Login Items.',
  'desktop.spellCheck': 'Check spelling',
  'desktop.spellCheckHint':
    'With the dictionaries of this system. Nothing is downloaded, nothing leaves this computer.',
  'desktop.autoUpdate': 'Look for new versions',
  'desktop.autoUpdateHint':
    'They are fetched in the background and never restart Parley by themselves.',
  'desktop.update': 'New versions',
  'desktop.updateManual':
    'Parley does not replace itself on this system. Install a newer package over this one.',
  'desktop.updateManualAt': 'Parley does not replace itself on this system. Newer packages: {url}',
  'desktop.updateOff': 'You look for new versions yourself.',
  'desktop.updateIdle': 'This is the newest version, as far as Parley knows.',
  'desktop.updateChecking': 'Looking for a new version…',
  'desktop.updateDownloading': 'Fetching a new version…',
  'desktop.updateReady': 'Version {version} is ready. It takes over when Parley is started again.',
  'desktop.updateFailed':
    'A new version could not be looked for or fetched. Parley tries again later.',
  'desktop.updateCheck': 'Look now',
  'desktop.updateRestart': 'Restart now',
  'desktop.reach.windows':
    'If friends can’t reach you: Windows’ firewall asks about Parley again after each update. Allow it there, under “Allow an app through the firewall”.',
  'desktop.reach.mac':
    'If your network can’t be reached: allow Parley in System Settings › Privacy & Security › Local Network.',
  'desktop.keysSystem': 'Your private key is protected by this system’s keychain.',
  'desktop.keysFile':
    'This system offers no keychain that Parley can use: your private key is protected by the permissions of its file only.',
  'desktop.log': 'Errors are written to a log on this computer. It holds no messages.',
  'desktop.openLog': 'Show the log',
  'desktop.saved': 'Saved.',
} as const;
