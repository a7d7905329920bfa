/** Notifications, and what the settings say about them. */
export const notifications = {
  'notifications.title': 'Notifications',
  'notifications.legend': 'What notifications show',
  'notifications.hint': 'They appear while you are not looking at Parley.',
  'notifications.level.text': 'Name and message',
  'notifications.level.name': 'Name only',
  'notifications.level.hidden': 'Neither name nor message',
  'notifications.level.hiddenHint': 'Just “New message”.',
  'notifications.level.off': 'No notifications',
  'notifications.set.text': 'Notifications now show who wrote, and what.',
  'notifications.set.name': 'Notifications now show who wrote, but not what.',
  'notifications.set.hidden': 'Notifications now only say that there is a new message.',
  'notifications.set.off': 'Notifications are off.',
  'notifications.ask': 'Your browser has to allow notifications for this page first.',
  'notifications.allow': 'Allow notifications',
  'notifications.notYet':
    'The browser has not allowed it, so nothing will be shown yet. Choose again to be asked once more.',
  'notifications.denied':
    'Your browser does not let this page show notifications. Allow them in its settings for this page, beside the address, and choose again.',
  'notifications.deniedBySystem':
    'Your system doesn’t let Parley show notifications. Allow them in the system’s settings, under “Notifications”, and choose again.',
  'notifications.unsupported':
    'Notifications cannot be shown here: this browser or system has none.',
  'notifications.muted': 'Muted conversations don’t notify you. Their unread count is still shown.',
  'notifications.new': '{count, plural, one {New message} other {# new messages}}',
  'notifications.from': '{name} ({count, plural, one {# new message} other {# new messages}})',
} as const;
