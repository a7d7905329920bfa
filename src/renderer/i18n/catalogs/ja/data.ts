import type { Translated } from '../../catalog.ts';
import type { data as source } from '../en/data.ts';

export const data: Translated<typeof source> = {
  'data.title': 'データ',
  'data.where': 'すべてこのコンピューターに保存されています',
  'data.memory': 'ディスクには何も保存されません。Parley を終了するとすべて消えます。',
  'data.size': 'ディスク上で {size}',
  'data.copyFolder': 'フォルダーのパスをコピー',
  'data.export': '書き出す…',
  'data.exportHint':
    'すべての連絡先とメッセージを 1 つのテキストファイルに書き出します。暗号化されないため、ほかの人が読めない場所に保管してください。秘密鍵は含まれません。',
  'data.exporting': '書き出しています…',
  'data.exported': '{file} に書き出しました。',
  'data.downloading': 'ブラウザーがファイルを保存しています。',
  'data.import': '読み込む…',
  'data.importHint': '書き出したファイルから、まだここにないものをすべて追加します。',
  'data.importing': '読み込んでいます…',
  'data.imported':
    '{contacts, plural, other {連絡先 # 件}}、{messages, plural, other {メッセージ # 件}}を追加しました。',
  'data.importedNothing': 'そのファイルの内容はすべて既にあります。',
  'data.notTaken.reach':
    'ファイルの元の Parley はネットワークから接続できました。ここでは変わりません。「接続の受け入れ」で変更できます。',
  'data.notTaken.openContract':
    'そこではネットワークからの暗号化なしの接続にも応答していました。ここでは変わりません。「暗号化なしの接続」で変更できます。',
  'data.notTaken.verified':
    'そこでは確認済みの連絡先がありました。ファイルではそれを証明できないため、ここでもう一度安全番号を比べてください。',
  'data.notTaken.own': 'ファイルの連絡先の一つはあなた自身です。その会話は読み込みませんでした。',
  'data.delete': 'すべて削除…',
  'data.deleteHint': '名前、設定、鍵は残ります。',
  'data.deleteTitle': 'すべて削除しますか？',
  'data.deleteSure':
    'すべての連絡先とメッセージが、このコンピューターから削除されます。元に戻せません。相手に送ったものは相手に残ります。',
  'data.deleteWord': '削除',
  'data.deleteType': '確認のため「{word}」と入力:',
  'data.deleteYes': 'すべて削除',
  'data.deleting': '削除しています…',
  'data.deleted': 'すべての連絡先とメッセージを削除しました。',

  'about.licence': 'MIT ライセンスのフリーソフトウェアです。いかなる保証もありません。',
  'about.protocol': 'オープンなプロトコル Cap’n Web を使います。説明:',
  'about.seenTitle': 'ほかの人に見えるもの',
  'about.seenNobody': 'サーバーを通さないため、どの企業にも何も見えません。',
  'about.seenContacts':
    '連絡先には、あなたの名前、識別コード、呼び出し元のアドレス、Parley が動いているかどうかが見えます。',
  'about.seenKnock':
    'あなたのアドレスに接続できる人は、そこで Parley が動いていること、あなたの名前、受け取ったメッセージの数を知ることができます。',
  'about.seenRead': 'あなたがどこまで読んだかが見えます。',
  'about.seenNotRead': 'あなたがどこまで読んだかは見えません。',
  'about.seenTyping': 'あなたが入力中であることが見えます。',
  'about.seenNotTyping': 'あなたが入力中であることは見えません。',
  'about.seenWay':
    '途中のネットワークには、誰が誰に接続したかは見えますが、書いた内容は見えません。',
};
