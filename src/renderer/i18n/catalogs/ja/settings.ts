import type { Translated } from '../../catalog.ts';
import type { settings as source } from '../en/settings.ts';

export const settings: Translated<typeof source> = {
  'settings.open': '設定',
  'settings.title': '設定',
  'settings.you': 'あなた',
  'settings.reachability': '接続できる人',
  'settings.privacy': 'プライバシー',
  'settings.appearance': '表示',
  'settings.about': 'Parley について',
  'settings.save': '保存',
  'settings.name': 'あなたの名前',
  'settings.nameHint': '相手に表示される名前です。',
  'settings.renamed': '名前を {name} に変更しました。',
  'settings.identity': 'あなたの識別コード',
  'settings.identityHint': '相手は、自分の Parley に表示されるコードと比べられます。',
  'settings.port': 'ポート',
  'settings.portHint':
    'アドレスの一部です。古いアドレスを知っている人には新しいものを伝えてください。',
  'settings.moved': 'ポートを {port} に変更しました。',

  'settings.reach': '誰からの接続を受けますか?',
  'settings.reach.this-computer': 'このコンピューターだけ',
  'settings.reach.this-computerHint':
    '他の人からは接続できません。あなたから接続することはできます。',
  'settings.reach.network': '自分のネットワーク',
  'settings.reach.networkHint':
    '同じネットワークの誰でもあなたに連絡できます。知らない人は「リクエスト」に入ります。',
  'settings.reachNow': '接続を受けられるアドレス',
  'settings.reached.this-computer': 'これからはこのコンピューターからだけ接続できます。',
  'settings.reached.network': 'これからはネットワークから接続できます。',

  'settings.openContract': '暗号化なしの接続',
  'settings.openContractHint':
    '他の Cap’n Web プログラムは、確認も暗号化もなしに書き込めます。そのことが表示されます。',
  'settings.openContract.this-computer': 'このコンピューターからだけ',
  'settings.openContract.network': 'ネットワークからも',
  'settings.openContractSaved.this-computer':
    '暗号化なしの接続には、このコンピューターからのみ応答します。',
  'settings.openContractSaved.network': '暗号化なしの接続に、ネットワークからも応答します。',

  'settings.receipts': '読んだことを相手に知らせる',
  'settings.receiptsHint': '相手のメッセージの下に「既読」と表示されます。',
  'settings.receiptsOn': '読んだことが相手に表示されます。',
  'settings.receiptsOff': '読んだことは相手に表示されません。',
  'settings.typing': '入力中であることを相手に知らせる',
  'settings.typingHint': '入力中であることだけが伝わり、内容は伝わりません。',
  'settings.typingOn': '入力中であることが相手に表示されます。',
  'settings.typingOff': '入力中であることは相手に表示されません。',

  'settings.theme': 'テーマ',
  'settings.theme.system': 'システムに合わせる',
  'settings.theme.light': 'ライト',
  'settings.theme.dark': 'ダーク',
  'settings.textSize': '文字の大きさ',
  'settings.textSize.small': '小',
  'settings.textSize.standard': '標準',
  'settings.textSize.large': '大',
  'settings.textSize.largest': '特大',
  'settings.language': '言語',
  'settings.language.system': 'システムに合わせる',
  'settings.version': 'Parley {version}',
  'settings.shortcuts': 'キーボードショートカット',
};
