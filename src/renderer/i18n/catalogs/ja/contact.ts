import type { Translated } from '../../catalog.ts';
import type { contact as source } from '../en/contact.ts';

export const contact: Translated<typeof source> = {
  'contact.addresses': 'アドレス',
  'contact.copyAddress': '{address} をコピー',
  'contact.since': '{date} に追加',
  'contact.encryptedWhy': '暗号化され、鍵で相手を確認しています。',
  'contact.unknownWhy': '一度も接続できていないため、相手が誰かは分かりません。',
  'contact.identity': '識別コード',
  'contact.identityHint':
    '相手の鍵を表し、どのアドレスでも同じです。{name} は自分の設定でこのコードを見られます。',
  'contact.copyIdentity': '識別コードをコピー',
  'contact.remove': '連絡先を削除…',
  'contact.removeTitle': '{name} を削除しますか?',
  'contact.removeSure':
    'この連絡先と会話のすべてのメッセージが、このコンピューターから削除されます。元に戻せません。',
  'contact.removeYes': '削除する',
  'contact.block': 'ブロック',
  'contact.unblock': 'ブロックを解除',

  'trust.heading': '本当に {name} ですか？',
  'trust.none': '不明',
  'trust.first-use': '最初の接続から確認',
  'trust.invite': '招待リンクで確認',
  'trust.verified': 'あなたが確認済み',
  'trust.noneWhy': '鍵がないため、誰でも相手になりすまして応答できます。',
  'trust.first-useWhy':
    'Parley は最初に応答した鍵を覚え、別の鍵に気づきます。最初から {name} だったことを確かめるには、安全番号を比べてください。',
  'trust.inviteWhy':
    '招待リンクが示した鍵が応答しました。確かさは、そのリンクを受け取った経路と同じです。',
  'trust.verifiedWhy': '{name} と安全番号を比べ、一致しました。',

  'safety.heading': '安全番号',
  'safety.how':
    '{name} に電話するか会って、次の数字を互いに読み上げてください。この会話では送らないでください。両方の画面ですべて同じなら、誰も盗み見ていません。',
  'safety.computing': '番号を計算しています…',
  'safety.same': '同じだった: 確認済みにする',
  'safety.takeBack': '確認を解除',
  'safety.marked': '{name} を確認済みにしました。',
  'safety.tookBack': '{name} の確認を取り消しました。',
  'safety.different':
    '違う場合は、盗み聞きされているおそれがあります。私的なことは書かず、{name} に直接聞いてください。',

  'changed.title': '{name} のセキュリティ鍵が変わりました',
  'changed.what':
    '相手のアドレスで、あなたが知っている鍵とは別の鍵が応答しています。{name} が Parley を入れ直したか、コンピューターを替えた場合に起こります。誰かが {name} になりすましている場合にも起こります。',
  'changed.held': '新しい鍵には何も送りません。書いたものはここで待ちます。',
  'changed.ask': '電話など別の方法で、{name} に識別コードを聞いてください。',
  'changed.known': '知っているコード',
  'changed.found': '今応答しているコード',
  'changed.keep': 'まだ信頼しない',
  'changed.trust': '本当に {name} です: 新しい鍵を信頼する',
  'changed.sureTitle': '新しい鍵を信頼しますか?',
  'changed.sure':
    '今後はこの鍵が {name} になり、送信待ちのメッセージが送られます。{name} が新しいコードを確認した場合にだけ行ってください。',
  'changed.yes': '新しい鍵を信頼する',
  'changed.done': '{name} の新しい鍵を信頼しました。',
  'changed.kept':
    '知っている鍵をそのまま使います。その鍵から接続があるか、再試行に応答すると、再びつながります。',
  'plain.title': 'この接続は暗号化されていません',
  'plain.what':
    '{name} とは暗号化して接続していましたが、今は相手のアドレスで暗号化なしの応答しかありません。別のプログラムが動いているか、誰かが盗み見ようとしているおそれがあります。',
  'plain.held': '暗号化なしでは何も送りません。書いたものはここで待ちます。',
  'alike.both': 'このアドレスの {name} は、別のセキュリティ鍵で登録済みです',
  'alike.name': '{name} は、別のセキュリティ鍵で登録済みです',
  'alike.address': 'このアドレスは、別のセキュリティ鍵を持つ {name} のものとして登録済みです',
  'alike.what':
    '{name} がコンピューターを替えたのかもしれません。誰かが {name} になりすましているのかもしれません。承認する前に、電話など別の方法でコードを比べてください。',
  'alike.online': '{name} は今、知っている鍵でオンラインです。',
  'alike.code': 'この申請のコード',
  'alike.open': '{name} との会話を開く',
  'alike.same': '本当に {name} です…',
  'alike.other': '別の人です…',
  'alike.sameTitle': '新しい鍵を信頼して、2 つの会話をまとめますか?',
  'alike.sameSure':
    '今後はこの鍵が {name} になります。2 つの会話は 1 つになり、{name} への送信待ちのメッセージは新しい鍵に送られます。{name} が新しいコードを確認した場合にだけ行ってください。',
  'alike.merge': '2 つの会話をまとめる',
  'alike.otherTitle': '別の人として承認しますか?',
  'alike.otherSure': '見分けにくい会話が 2 つになります。{name} の知っている鍵はそのままです。',
  'alike.acceptOther': '別の人として承認',
};
