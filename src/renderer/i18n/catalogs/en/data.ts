/** The data as a whole, and about the program. */
export const data = {
  'data.title': 'Data',
  'data.where': 'Everything is kept on this computer',
  'data.memory': 'Nothing is kept on disk: all is gone when Parley ends.',
  'data.size': '{size} on disk',
  'data.copyFolder': 'Copy the folder’s path',
  'data.export': 'Export…',
  'data.exportHint':
    'All contacts and messages in one text file. It is not encrypted: keep it where nobody else can read it. Your private key is not in it.',
  'data.exporting': 'Exporting…',
  'data.exported': 'Exported to {file}.',
  'data.downloading': 'Your browser is saving the file.',
  'data.import': 'Import…',
  'data.importHint': 'Adds anything from an export that isn’t here yet.',
  'data.importing': 'Importing…',
  'data.imported':
    'Added {contacts, plural, one {# contact} other {# contacts}} and {messages, plural, one {# message} other {# messages}}.',
  'data.importedNothing': 'Everything in that file was here already.',
  'data.notTaken.reach':
    'Where the file comes from, the network could reach Parley. Here that stays as it is: you can change it under “Being reached”.',
  'data.notTaken.openContract':
    'There, callers without encryption were answered from the network too. Here that stays as it is: you can change it under “Callers without encryption”.',
  'data.notTaken.verified':
    'Some contacts had been verified there. A file can’t prove that, so compare their safety numbers here again.',
  'data.notTaken.own': 'One of the contacts in the file is you, so that conversation was left out.',
  'data.delete': 'Delete everything…',
  'data.deleteHint': 'Your name, settings and key are kept.',
  'data.deleteTitle': 'Delete everything?',
  'data.deleteSure':
    'All contacts and all messages are deleted from this computer. That cannot be undone. Others keep what you have sent them.',
  'data.deleteWord': 'delete',
  'data.deleteType': 'Type “{word}” to confirm:',
  'data.deleteYes': 'Delete everything',
  'data.deleting': 'Deleting…',
  'data.deleted': 'All contacts and messages are deleted.',

  'about.licence': 'Free software under the MIT licence, without any warranty.',
  'about.protocol': 'It speaks Cap’n Web, an open protocol that is described at',
  'about.seenTitle': 'What others can see of you',
  'about.seenNobody': 'No server is involved, so no company sees anything.',
  'about.seenContacts':
    'Your contacts see your name, your identity code, the address you call from, and whether your Parley is running.',
  'about.seenKnock':
    'Whoever can reach your address can learn that Parley runs there, your name, and how many messages you have received.',
  'about.seenRead': 'They see what you have read.',
  'about.seenNotRead': 'They do not see what you have read.',
  'about.seenTyping': 'They see that you are typing.',
  'about.seenNotTyping': 'They do not see that you are typing.',
  'about.seenWay': 'The network in between sees who connects to whom, but not what you write.',
} as const;
