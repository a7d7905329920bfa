import type { Translated } from '../../catalog.ts';
import type { conversation as source } from '../en/conversation.ts';

export const conversation: Translated<typeof source> = {
  'conversation.back': '会話の一覧に戻る',
  'conversation.details': '連絡先の詳細',
  'conversation.encrypted': '暗号化済み',
  'conversation.openMark': '未確認、暗号化なし',
  'conversation.openWhy':
    'このアドレスで誰が応答しているかを示す証拠がなく、ネットワーク上の他の人に読まれるおそれがあります。',
  'conversation.guestMark': '返信できません',
  'conversation.guestWhy':
    'アドレスを残さずに連絡してきました。返信するには、アドレスを聞いて接続してください。',
  'conversation.guestWhyShort': '誰からの連絡かを示す証拠がなく、返信先のアドレスもありません。',
  'conversation.offline': 'オフライン',
  'conversation.retryIn': '次の試行まで {seconds, plural, other {# 秒}}',
  'conversation.retryNow': '再試行しています…',
  'conversation.noRetry': 'Parley は自動では再試行しません。',
  'conversation.requestTitle': '{name} があなたと話したがっています',
  'conversation.requestHint':
    '返信するには承認してください。ブロックすると、以後は何も届きません。',
  'conversation.accept': '承認',
  'conversation.block': 'ブロック',
  'conversation.unblock': 'ブロックを解除',
  'conversation.blockedTitle': '{name} をブロックしています',
  'conversation.blockedHint': '相手が送ったものは何も届きません。',

  'away.offline': '{name} さんはオフラインです。',
  'away.unreachable': '{name} さんに今は接続できません。',
  'away.waits': '書いたメッセージは、相手が戻ったときに送られます。',
  'away.details': '詳細',
  'attempt.edit': 'アドレスを変更',
  'attempt.remove': '取り除く',
  'attempt.field': 'アドレス',
  'attempt.listed': 'まだつながっていません',
  'attempt.sureTitle': '{address} を取り除きますか？',
  'attempt.sure': 'そこに書いたものは削除されます。',

  'messages.label': 'メッセージ一覧',
  'messages.sendAgain': 'もう一度送る',
  'messages.delete': '削除',
  'messages.forget': '破棄',
  'messages.older': '以前のメッセージを読み込んでいます…',
  'messages.start': 'ここから会話が始まります。',
  'messages.emptyOnline': '接続しました。あいさつを送りましょう。',
  'messages.emptyWaiting': '今すぐ書けます。接続するとメッセージが送信されます。',
  'messages.emptyClosed': 'まだ何もありません。',
  'messages.jump': '最新へ移動',
  'messages.newCount': '{count, plural, other {新着メッセージ # 件}}',
  'messages.announce': '{name}: {body}',
  'messages.announceMany': '{name} から{count, plural, other {新着メッセージ # 件}}',

  'delivery.queued': '送信待ち',
  'delivery.sending': '送信中',
  'delivery.delivered': '配達済み',
  'delivery.read': '既読',
  'delivery.unconfirmed': '未確認',
  'delivery.failed': '失敗',

  'composer.label': 'メッセージ',
  'composer.placeholder': 'メッセージを入力',
  'composer.placeholderOffline': 'メッセージ（相手が戻ると送信）',
  'composer.send': '送信',
  'composer.hint': 'Enter で送信、Shift+Enter で改行',
  'composer.count': '{used} / {limit}',

  'when.today': '今日',
  'when.yesterday': '昨日',
};
