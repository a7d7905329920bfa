import type { DeliveryState } from '../shared/delivery.ts';
import type { AddressKind, ConnectStep } from '../shared/model.ts';

const bytes = new Intl.NumberFormat('en');
const plural = new Intl.PluralRules('en');

const kinds: Readonly<Record<AddressKind, string>> = {
  'this-computer': 'Works on this computer only',
  lan: 'Works on your local network',
  vpn: 'Works on your VPN',
  virtual: 'Works on a virtual network of this computer',
};

const steps: Readonly<Record<ConnectStep, string>> = {
  find: 'Find',
  reach: 'Reach',
  secure: 'Secure',
  recognise: 'Recognise',
};

const stepHints: Readonly<Record<ConnectStep, string>> = {
  find: 'Looking up the address',
  reach: 'Knocking at the other computer',
  secure: 'Setting up encryption',
  recognise: 'Learning who is there',
};

const delivery: Readonly<Record<DeliveryState, string>> = {
  queued: 'Waiting',
  sending: 'Sending',
  delivered: 'Delivered',
  read: 'Read',
  unconfirmed: 'Not confirmed',
  failed: 'Failed',
};

/** Every text that the renderer itself brings, in one place: a translation replaces this object. */
export const strings = {
  appName: 'Parley',
  you: 'You',
  close: 'Close',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  loading: 'Loading…',
  own: {
    copy: 'Copy address',
    copyBig: 'Copy my address',
    region: 'You',
    kinds,
    notListening: 'Not reachable right now',
    starting: 'Finding out your address…',
  },
  connect: {
    label: 'Friend’s address',
    placeholder: '192.168.1.20:8080',
    button: 'Connect',
    busy: 'Connecting…',
    steps,
    stepHints,
    progress: 'Connection progress',
    stepDone: 'done',
    stepNow: 'in progress',
    stepTodo: 'to come',
  },
  list: {
    label: 'Conversations',
    requests: 'Requests',
    blocked: 'Blocked',
    empty: 'No conversations yet',
    emptyHint: 'Type a friend’s address above, or send them yours.',
    draft: 'Draft:',
    mine: 'You:',
    nothingYet: 'No messages yet',
    unread: (count: number) =>
      plural.select(count) === 'one' ? '1 unread message' : `${count} unread messages`,
  },
  presence: {
    online: 'Online',
    connecting: 'Connecting',
    offline: 'Offline',
    idle: 'Not connected',
  },
  welcome: {
    title: 'Talk to a friend, machine to machine',
    lead: 'No account and no server in between. One of you needs the other’s address.',
    yourAddress: 'Your address',
    steps: [
      'Send your address to a friend, for example in an e-mail.',
      'Or type theirs under “Friend’s address” and choose Connect.',
      'That is all: whoever connects first, both can write.',
    ],
    pickTitle: 'Choose a conversation',
    pickLead: 'Or start a new one: type a friend’s address, or send them yours.',
  },
  conversation: {
    back: 'Back to conversations',
    details: 'Contact details',
    encrypted: 'Encrypted',
    encryptedWhy: 'Encrypted, and recognised by their key.',
    unknownWhy: 'Never reached yet.',
    copyOf: (address: string) => `Copy ${address}`,
    openMark: 'Unverified, not encrypted',
    openWhy:
      'Nothing proves who answers at this address, and others on the network could read along.',
    guestMark: 'Cannot be answered',
    guestWhy:
      'They called without leaving an address. Ask for it, then connect to it to write back.',
    guestWhyShort: 'Nothing proves who called, and there is no address to answer to.',
    retryIn: (seconds: number) => `Next attempt in ${seconds} s`,
    retryNow: 'Trying again now…',
    noRetry: 'It is not tried again by itself.',
    offline: 'Offline',
    requestTitle: (name: string) => `${name} wants to chat with you`,
    requestHint: 'Accept to answer, or block to hear nothing more from them.',
    accept: 'Accept',
    block: 'Block',
    unblock: 'Unblock',
    blockedTitle: (name: string) => `You have blocked ${name}`,
    blockedHint: 'Nothing they send reaches you.',
    remove: 'Remove contact…',
    removeSure: (name: string) => `Remove ${name} and delete all messages of this conversation?`,
    removeYes: 'Remove and delete',
    addresses: 'Addresses',
  },
  messages: {
    label: 'Messages',
    delivery,
    sendAgain: 'Send again',
    remove: 'Delete',
    older: 'Loading older messages…',
    start: 'This is the beginning of the conversation.',
    emptyOnline: 'You are connected. Say hello.',
    emptyWaiting: 'You can write already: it is sent as soon as you are connected.',
    emptyClosed: 'Nothing here yet.',
    jump: 'Jump to newest',
    newCount: (count: number) =>
      plural.select(count) === 'one' ? '1 new message' : `${count} new messages`,
    announce: (name: string, body: string) => `${name}: ${body}`,
    today: 'Today',
    yesterday: 'Yesterday',
  },
  composer: {
    label: 'Message',
    placeholder: 'Write a message',
    placeholderOffline: 'Write a message to send later',
    send: 'Send',
    hint: 'Enter sends, Shift+Enter starts a new line',
    count: (used: number, limit: number) => `${bytes.format(used)} of ${bytes.format(limit)} bytes`,
  },
  settings: {
    open: 'Settings',
    title: 'Settings',
    name: 'Your name',
    nameHint: 'What others see.',
    port: 'Port',
    portHint: 'Part of your address: friends who have the old one must get the new one.',
    save: 'Save',
    renamed: (name: string) => `You are now called ${name}.`,
    moved: (port: number) => `Your port is now ${port}.`,
    unchanged: 'Nothing was changed.',
    version: (version: string) => `Parley ${version}`,
  },
  host: {
    lost: 'Parley itself has stopped or cannot be reached.',
    lostNext: 'Start it again, then reconnect; in a browser, open the new link it shows.',
    reconnect: 'Reconnect',
    reconnecting: 'Reconnecting…',
    starting: 'Starting Parley…',
    dismiss: 'Dismiss',
  },
} as const;
