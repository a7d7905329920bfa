import type { Translated } from '../../catalog.ts';
import type { notifications as source } from '../en/notifications.ts';

export const notifications: Translated<typeof source> = {
  'notifications.title': '通知',
  'notifications.legend': '通知に表示する内容',
  'notifications.hint': 'Parley を見ていないときに表示されます。',
  'notifications.level.text': '名前とメッセージ',
  'notifications.level.name': '名前だけ',
  'notifications.level.hidden': '名前もメッセージも表示しない',
  'notifications.level.hiddenHint': '「新しいメッセージ」とだけ表示します。',
  'notifications.level.off': '通知しない',
  'notifications.set.text': '通知に差出人と内容が表示されます。',
  'notifications.set.name': '通知に差出人だけが表示され、内容は表示されません。',
  'notifications.set.hidden': '通知は新しいメッセージがあることだけを伝えます。',
  'notifications.set.off': '通知はオフです。',
  'notifications.ask': 'まず、このページの通知をブラウザーで許可する必要があります。',
  'notifications.allow': '通知を許可',
  'notifications.notYet':
    'ブラウザーで許可されていないため、まだ何も表示されません。もう一度選ぶと、再び確認されます。',
  'notifications.denied':
    'ブラウザーがこのページの通知を許可していません。アドレスの横にあるこのページの設定で通知を許可してから、もう一度選んでください。',
  'notifications.deniedBySystem':
    'システムが Parley の通知を許可していません。システム設定の「通知」で許可してから、もう一度選んでください。',
  'notifications.unsupported':
    'このブラウザーまたはシステムには通知の機能がないため、ここでは表示できません。',
  'notifications.muted': '通知オフの会話は通知されません。未読の件数は表示されます。',
  'notifications.new': '{count, plural, =1 {新しいメッセージ} other {新しいメッセージ # 件}}',
  'notifications.from': '{name} ({count, plural, other {新しいメッセージ # 件}})',
};
