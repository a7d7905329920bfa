/** Whom one talks to: the contact page, trust, and a key that changed. */
export const contact = {
  'contact.addresses': 'Addresses',
  'contact.copyAddress': 'Copy {address}',
  'contact.since': 'In your list since {date}',
  'contact.encryptedWhy': 'Encrypted, and recognised by their key.',
  'contact.unknownWhy': 'Never reached yet, so nothing is known about who is there.',
  'contact.identity': 'Identity code',
  'contact.identityHint':
    'It stands for their key and stays the same at every address. {name} sees it in their own settings.',
  'contact.copyIdentity': 'Copy identity code',
  'contact.remove': 'Forget contact…',
  'contact.removeTitle': 'Forget {name}?',
  'contact.removeSure':
    'The contact and all messages of this conversation are deleted from this computer. That cannot be undone.',
  'contact.removeYes': 'Forget and delete',
  'contact.block': 'Block',
  'contact.unblock': 'Unblock',

  'trust.heading': 'Is this really {name}?',
  'trust.none': 'Not at all',
  'trust.first-use': 'Known since you first met',
  'trust.invite': 'Known from an invite',
  'trust.verified': 'Verified by you',
  'trust.noneWhy': 'They have no key, so anybody could answer in their place.',
  'trust.first-useWhy':
    'Parley remembers the key that answered first and notices any other. Compare the safety number to be sure that it was {name} from the start.',
  'trust.inviteWhy':
    'The invite link promised this key, and this key answered. It is as trustworthy as the way the link reached you.',
  'trust.verifiedWhy': 'You compared the safety number with {name}, and it was the same.',

  'safety.heading': 'Safety number',
  'safety.how':
    'Call or meet {name} and read these groups to each other. Don’t send them through this conversation. If all are the same on both screens, nobody is listening in.',
  'safety.computing': 'Working out the number…',
  'safety.same': 'They are the same: mark as verified',
  'safety.takeBack': 'Remove verification',
  'safety.marked': '{name} is now marked as verified.',
  'safety.tookBack': '{name} is no longer marked as verified.',
  'safety.different':
    'If they differ, somebody may be listening in: do not write anything private, and ask {name} in person.',

  'changed.title': '{name}’s security key has changed',
  'changed.what':
    'At their address another key answers than the one you know. That happens when {name} reinstalls Parley or changes computers. It also happens when somebody pretends to be {name}.',
  'changed.held': 'Nothing is sent to the new key. What you write waits here.',
  'changed.ask': 'Ask {name} another way, for example by phone, for their identity code.',
  'changed.known': 'The code you know',
  'changed.found': 'The code that answers now',
  'changed.keep': 'Don’t trust it yet',
  'changed.trust': 'This is really {name}: trust the new key',
  'changed.sureTitle': 'Trust the new key?',
  'changed.sure':
    'From now on this key is {name} for you, and waiting messages are sent to it. Do this only if {name} has confirmed the new code to you.',
  'changed.yes': 'Trust the new key',
  'changed.done': 'You now trust {name}’s new key.',
  'changed.kept':
    'The key you know stays. You are connected again when it calls you, or when it answers as you try again.',
  'plain.title': 'This connection isn’t encrypted',
  'plain.what':
    'You know {name} by an encrypted connection, but now only an unencrypted one answers at their address. Another program may be running there, or somebody wants to read along.',
  'plain.held': 'Nothing is sent without encryption. What you write waits here.',
  'alike.both': 'You already know {name} at this address, with another security key',
  'alike.name': 'You already know {name}, with another security key',
  'alike.address': 'You know this address as {name}’s, with another security key',
  'alike.what':
    'It may be {name} on a new computer. It may also be somebody pretending to be {name}. Compare codes another way, for example by phone, before you accept.',
  'alike.online': '{name} is online right now with the key you know.',
  'alike.code': 'The code of this request',
  'alike.open': 'Open the conversation with {name}',
  'alike.same': 'It’s really {name}…',
  'alike.other': 'It’s someone else…',
  'alike.sameTitle': 'Trust the new key and merge both conversations?',
  'alike.sameSure':
    'From now on this key is {name} for you. Both conversations become one, and messages that wait for {name} are sent to the new key. Do this only if {name} has confirmed the new code to you.',
  'alike.merge': 'Merge both conversations',
  'alike.otherTitle': 'Accept as someone else?',
  'alike.otherSure':
    'You’ll have two conversations that are easy to confuse. The key you know for {name} stays as it is.',
  'alike.acceptOther': 'Accept as someone else',
} as const;
