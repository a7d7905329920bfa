interface Sentences {
  readonly cause: string;
  readonly next: string;
}

/** What people read about each problem, by its code. Words in braces are its parameters. */
export const SENTENCES = {
  'bad-address': { cause: '{reason}', next: 'Type an address such as 192.168.1.20:8080.' },
  'own-address': {
    cause: '{address} is your own address.',
    next: 'Type your friend’s address: it is shown in their app.',
  },
  'name-not-found': {
    cause: 'No computer named {host} was found.',
    next: 'Check the spelling, or use the numbers (such as 192.168.1.20:8080) instead of the name.',
  },
  refused: {
    cause: '{host} was reached, but nothing is listening on port {port}.',
    next: 'Ask your friend to start Parley there, and compare the port with the one it shows.',
  },
  unreachable: {
    cause: 'There is no route to {host}.',
    next: 'Check that both computers are on the same network or VPN.',
  },
  'timed-out': {
    cause: '{host} did not answer on port {port}.',
    next: 'Check that it is switched on, on the same network, and that its firewall lets port {port} in.',
  },
  'not-a-peer': {
    cause: 'Something else is running at {host}:{port}, not Parley.',
    next: 'Check the port: it is shown beside the address in your friend’s app.',
  },
  'turned-away': {
    cause: '{host} answers, but doesn’t take your connection.',
    next: 'It doesn’t say why: they may have blocked you, or too many are calling. Ask your friend over another way.',
  },
  'call-refused': {
    cause: '{host} answers, but refused this call: {reason}',
    next: 'The other side decides whom it answers: tell your friend what it said.',
  },
  'secure-failed': {
    cause: 'The encrypted connection to {host}:{port} could not be set up.',
    next: 'Try again; if it stays so, ask your friend whether both copies are up to date.',
  },
  'identity-changed': {
    cause: 'Another identity answers at {address} than the one you know as {name}.',
    next: 'Do not send anything until you have asked {name} over another way whether they reinstalled.',
  },
  'address-taken': {
    cause: '{other} answers at {address} now, not {name}.',
    next: 'Ask {name} for their new address; what you wrote to {name} waits.',
  },
  'other-recipient': {
    cause: 'When this was written, {name} had another safety number.',
    next: 'If you’re sure who you’re talking to here, send it again.',
  },
  'contact-copies': {
    cause: '{name} is online in two places at once with the same profile.',
    next: 'Ask {name} to close one of them: what you write arrives at only one. If {name} knows nothing of it, somebody else may have a copy.',
  },
  'own-copy-seen': {
    cause: '{name} sees you online in two places at once with this profile.',
    next: 'Close one of them: messages arrive at only one. If you know of no second one, somebody may have a copy of your profile.',
  },
  'own-copy-called': {
    cause: 'A second Parley with this profile is running at {host}.',
    next: 'Close one of them: messages arrive at only one. If you know of no second one, somebody may have a copy of your profile.',
  },
  'strangers-full': {
    cause:
      "People you haven't accepted have left so much that more of their messages have to wait.",
    next: 'Accept those you know, and delete or block the others. Nothing is lost: what waits stays with its sender.',
  },
  'identity-known': {
    cause: 'That key is already used by {name}.',
    next: 'If both are the same person, merge the two conversations.',
  },
  'looks-known': {
    cause: 'You already know {known}, who has another security key than {name}.',
    next: 'Compare codes with {known} another way before you accept.',
  },
  'identity-unseen': {
    cause: 'No other identity has answered for {name}.',
    next: 'Try to connect again, then look at what answers.',
  },
  'plain-refused': {
    cause:
      '{name} was known by an encrypted connection, but only an unencrypted one answers at {address}.',
    next: 'Ask {name} to start Parley there; nothing was sent.',
  },
  'peer-busy': {
    cause: '{host} takes no calls at the moment: {reason}',
    next: 'Wait a moment, then try again.',
  },
  'too-many-open': {
    cause: 'This computer has too many open connections to reach {host}.',
    next: 'Close other programs, then try again.',
  },
  'not-encrypted': {
    cause:
      'The connection to {host}:{port} is not encrypted, and nobody there proves who they are.',
    next: 'Use it on this computer or on a network you trust; with Parley on both sides it is encrypted.',
  },
  'identity-unproven': {
    cause: '{host}:{port} answers encrypted, but with a key that no chat peer uses.',
    next: 'Check the port: this may be a web server.',
  },
  'peer-silent': {
    cause: 'Something takes the connection at {host}:{port}, but it does not answer.',
    next: 'Check the port, and ask whoever runs it to restart it.',
  },
  'protocol-unknown': {
    cause:
      'The peer at {host}:{port} does not tell which version of the Parley contract it speaks.',
    next: 'If messages do not arrive, ask your friend to update Parley.',
  },
  'protocol-differs': {
    cause:
      'The peer speaks version {theirs} of the Parley contract; this copy speaks version {ours}.',
    next: 'Update the older of the two copies.',
  },
  'batch-only': {
    cause:
      'The peer at {host}:{port} answers single requests only, so it cannot write to you on this connection.',
    next: 'Give your own address to whoever runs it: to write first, it has to call you.',
  },
  'clock-differs': {
    cause: 'The clock of {name} is {difference} {direction} yours.',
    next: 'Set both clocks by the internet; until then the times of messages are wrong, but none is lost.',
  },
  'inbound-local-only': {
    cause: 'This copy takes calls from this computer only, so {name} cannot call it.',
    next: 'Let it take calls from the whole network in the settings, or always be the one who connects.',
  },
  'inbound-refused': {
    cause: '{name} tried to call back, but at your address nothing takes calls on port {port}.',
    next: 'If a router stands between you, forward port {port} to this computer; otherwise always be the one who connects.',
  },
  'inbound-timed-out': {
    cause: '{name} tried to call back on port {port}, but got no answer.',
    next: 'Let port {port} through the firewall of this computer and its router, or always be the one who connects.',
  },
  'inbound-other-identity': {
    cause:
      '{name} tried to call back on port {port}, but something else than this copy answers there.',
    next: 'If a router stands between you, check to which computer it forwards port {port}.',
  },
  cancelled: {
    cause: 'The attempt to connect was given up.',
    next: 'Connect again when you want to.',
  },
  'connection-lost': {
    cause: 'The connection to {host} was lost.',
    next: 'Parley keeps trying.',
  },
  'no-answer': {
    cause: 'Sent, but not confirmed. It may not have arrived.',
    next: 'Ask whether it arrived before you send it again.',
  },
  'call-failed': {
    cause: 'The other side answered with an error: {reason}',
    next: 'Try again later, or ask whoever runs it.',
  },
  'cannot-answer': {
    cause: '{name} called without leaving an address, so there is nowhere to answer to.',
    next: 'Ask for their address and connect to it.',
  },
  blocked: { cause: 'You have blocked {name}.', next: 'Unblock them first.' },
  'message-empty': { cause: 'The message is empty.', next: 'Write something first.' },
  'message-too-long': {
    cause: 'The message has {bytes, number} bytes; the limit is {limit, number}.',
    next: 'Split it into shorter messages.',
  },
  'message-not-utf8': {
    cause: 'The text isn’t UTF-8, so it would arrive damaged.',
    next: 'Convert it to UTF-8 first, for example with iconv, and send it again.',
  },
  'message-malformed': {
    cause: 'The message holds half of a character (an unpaired surrogate).',
    next: 'Type it again, or paste it from another program.',
  },
  'name-empty': { cause: 'The name is empty.', next: 'Type the name that others should see.' },
  'name-too-long': {
    cause: 'The name has {bytes, number} bytes; the limit is {limit, number}.',
    next: 'Choose a shorter name.',
  },
  'over-limit': { cause: 'Too much at once: {what}.', next: 'Wait a moment, then try again.' },
  'port-in-use': {
    cause: 'Port {port} is already used by {owner}.',
    next: 'Close it, or choose another port.',
  },
  'port-forbidden': {
    cause: 'This user may not listen on port {port}.',
    next: 'Choose a port above 1023.',
  },
  'host-unavailable': {
    cause: 'This computer has no network address {host}.',
    next: 'Use 127.0.0.1 for this computer only, or 0.0.0.0 for the whole network.',
  },
  'port-invalid': {
    cause: '{port} is not a port.',
    next: 'Choose a whole number from 1 to 65535.',
  },
  'profile-in-use': {
    cause: 'Another copy of Parley is running on this profile.',
    next: 'Use that one, or start with another profile.',
  },
  'no-profile': {
    cause: 'There is no profile in {dataDir}.',
    next: 'Check --profile or --data, or start Parley on it once.',
  },
  'file-unusable': {
    cause: '{file} could not be used: {reason}',
    next: 'Check its path, its permissions and the free space, then try again.',
  },
  'app-gone': {
    cause: 'The running copy of Parley ended before it had answered.',
    next: 'Run the command again.',
  },
  'identity-sealed': {
    cause:
      'The key of this profile is locked by this system’s keychain, which does not open it here.',
    next: 'Unlock the keychain, for example by logging in to your desktop as usual. Start the app on this profile; commands then go through the app.',
  },
  'contact-not-found': {
    cause: 'No contact is called {contact}.',
    next: 'List your contacts with "parley contacts"; to write to somebody new, give an address with its port.',
  },
  'contact-ambiguous': {
    cause: '{contact} may be any of these: {candidates}.',
    next: 'Name one by its identity code or id, both listed by "parley contacts --json".',
  },
  'contact-waits': {
    cause: '{name} has written to you, and you have not accepted that yet.',
    next: 'Make sure who it is, then run "parley accept" with the code {code}.',
  },
  'no-safety-number': {
    cause: '{name} has not proven an identity, so there is nothing to compare.',
    next: 'Connect to {name} once with Parley on both sides.',
  },
  'no-invite': {
    cause: 'This profile has no fixed address: its app does not run, and its port is any free one.',
    next: 'Start the app first, or give it a port with "parley serve --port".',
  },
  'still-queued': {
    cause: 'The message to {name} is not delivered yet: {reason}',
    next: 'It stays queued, and is sent when {name} can be reached while Parley runs on this profile.',
  },
  interrupted: {
    cause: 'It was stopped before it was done.',
    next: 'Run the command again; what was done stays.',
  },
  storage: {
    cause: 'The history could not be written: {reason}',
    next: 'Free some space or check the permissions of the data folder, then try again.',
  },
  'settings-mended': {
    cause: 'Some settings of this profile were damaged, so they have their defaults again.',
    next: 'Open the settings and look through them.',
  },
  'folder-open': {
    cause: 'Other users of this computer can open the folder of this profile ({folder}).',
    next: 'Take that permission away, or keep the profile in a folder that only you own.',
  },
  'not-answered': {
    cause: '{name} hasn’t answered yet.',
    next: 'What can’t be delivered yet waits, and is sent by itself when they do.',
  },
  'cannot-take': {
    cause: '{name} can’t take messages right now.',
    next: 'What you write waits, and is sent by itself as soon as that changes.',
  },
  'store-newer': {
    cause: 'The history {file} was written by a newer version of Parley.',
    next: 'Start that version, or choose another data folder; nothing was changed.',
  },
  'store-damaged': {
    cause: 'The history {file} is damaged: {reason}',
    next: 'Nothing in it was changed. Its copy: {copy}. Restore a backup, or start with another data folder and import your last export.',
  },
  'store-foreign': {
    cause: '{file} is a database of another program.',
    next: 'Choose another data folder; nothing was changed.',
  },
  'import-invalid': {
    cause: 'The import stopped at line {line}: {reason}',
    next: 'Choose a file made by "export"; what came before that line was imported and importing again does not double it.',
  },
  'import-newer': {
    cause: 'The file was exported by a newer version of Parley (format {version}).',
    next: 'Update Parley first; nothing was imported.',
  },
  'identity-unreadable': {
    cause: 'The identity in {file} cannot be used: {reason}',
    next: 'Restore that file from a backup. Without it, move it away and start again: you get a new identity, which your contacts have to accept.',
  },
  'identity-unsaved': {
    cause: 'The identity could not be saved in {file}: {reason}',
    next: 'Free some space or check the permissions of the data folder, then try again.',
  },
  'unknown-contact': {
    cause: 'There is no such contact.',
    next: 'It may have been removed; choose another.',
  },
  'unknown-message': { cause: 'There is no such message.', next: 'It may have been deleted.' },
  'bad-input': {
    cause: 'The request was not understood: {reason}',
    next: 'Please report this.',
  },
  'clipboard-refused': {
    cause: 'The browser does not let this page use the clipboard.',
    next: 'Select the text and copy it yourself.',
  },
  'link-refused': {
    cause: 'That is not an address of a web page that can be opened.',
    next: 'Copy it and look at it closely before you open it yourself.',
  },
  'no-browser': {
    cause: 'The system could not open the address.',
    next: 'Copy it and open it in your browser yourself.',
  },
  paused: {
    cause: 'Parley is paused: you are offline, and what you send waits.',
    next: 'Choose Resume to be reachable again.',
  },
  stopped: { cause: 'Parley is shutting down.', next: 'Start it again.' },
  internal: {
    cause: 'Something went wrong inside Parley.',
    next: 'Try again; if it happens twice, report it with the log.',
  },
} as const satisfies Record<string, Sentences>;
