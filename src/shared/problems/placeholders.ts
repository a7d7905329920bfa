// Written by `npm run messages`.

/** The placeholders of each English text that has some. */
export interface ReasonPlaceholders {
  'system-says': 'systemCode';
  'system-code': 'systemCode';
  'file-compressed': 'format';
  'file-unpacked': 'format';
  'import-record': 'detail';
  'import-field': 'field' | 'detail';
  'key-unread': 'systemCode';
  'command-input': 'command' | 'field' | 'detail';
  'answer-status': 'status';
  'address-long': 'length' | 'limit';
  'address-space': 'text';
  'address-line-break': 'text';
  'address-unusable': 'character';
  'address-slashes': 'text';
  'address-colon': 'text';
  'address-scheme': 'text';
  'address-path': 'text';
  'address-colons': 'text';
  'host-before': 'text';
  'host-after': 'text';
  'host-character': 'character' | 'text';
  'host-impossible': 'text';
  'host-long': 'text' | 'length' | 'limit';
  'host-dots': 'text';
  'host-part-long': 'text' | 'length' | 'limit';
  'host-part-hyphen': 'text';
  'host-every': 'text';
  'host-many': 'text';
  'port-absent': 'text';
  'port-words': 'text';
  'port-range': 'text';
  'bracket-unclosed': 'text';
  'bracket-unopened': 'text';
  'bracket-after': 'text';
  'bracket-name': 'text';
  'ipv6-port': 'text';
  'ipv6-two-ways': 'text' | 'withPort' | 'without';
  'ipv6-invalid': 'text';
  'ipv6-zone': 'text';
  'ipv4-zone': 'text' | 'zone';
  'ipv4-number': 'text';
  'ipv4-form': 'text';
  'ipv4-above': 'text' | 'part';
  'ipv4-far-above': 'text';
  'ipv4-zero': 'text' | 'part';
  'ipv4-nowhere': 'text';
  'fingerprint-plain': 'scheme';
  'fingerprint-damaged': 'text' | 'digits' | 'length';
}
