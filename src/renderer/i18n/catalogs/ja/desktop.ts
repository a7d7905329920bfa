import type { Translated } from '../../catalog.ts';
import type { desktop as source } from '../en/desktop.ts';

export const desktop: Translated<typeof source> = {
  'desktop.title': 'デスクトップアプリ',
  'desktop.closeToTray': 'ウインドウを閉じても動作を続ける',
  'desktop.closeToTrayHint':
    'Parley はトレイに残り、友だちはあなたに連絡できます。終了はそこから行えます。',
  'desktop.noTray':
    'このシステムにはトレイアイコンがないため、ウインドウを閉じると Parley は終了します。',
  'desktop.startAtLogin': 'ログイン時に起動',
  'desktop.startAtLoginHint': 'ウインドウは開きません。最初から友だちが連絡できます。',
  'desktop.loginWaits':
    'macOS が許可を待っています。「システム設定」›「一般」›「ログイン項目」で許可してください。',
  'desktop.spellCheck': 'スペルをチェック',
  'desktop.spellCheckHint':
    'このシステムの辞書を使います。何もダウンロードされず、何もこのコンピューターの外に出ません。',
  'desktop.autoUpdate': '新しいバージョンを探す',
  'desktop.autoUpdateHint':
    'バックグラウンドで取得し、勝手に Parley を再起動することはありません。',
  'desktop.update': '新しいバージョン',
  'desktop.updateManual':
    'このシステムでは Parley は自分を置き換えません。新しいパッケージを上書きインストールしてください。',
  'desktop.updateManualAt':
    'このシステムでは Parley は自分を置き換えません。新しいパッケージ: {url}',
  'desktop.updateOff': '新しいバージョンは自分で探します。',
  'desktop.updateIdle': 'Parley の知るかぎり、これが最新のバージョンです。',
  'desktop.updateChecking': '新しいバージョンを探しています…',
  'desktop.updateDownloading': '新しいバージョンを取得しています…',
  'desktop.updateReady':
    'バージョン {version} の準備ができました。次に Parley を起動すると切り替わります。',
  'desktop.updateFailed':
    '新しいバージョンを探せないか、取得できませんでした。Parley は後でもう一度試します。',
  'desktop.updateCheck': '今すぐ探す',
  'desktop.updateRestart': '今すぐ再起動',
  'desktop.reach.windows':
    '友だちから接続できないときは、Windows のファイアウォールを確認してください。更新のたびに Parley について尋ねられます。「アプリにファイアウォールの通過を許可」で許可できます。',
  'desktop.reach.mac':
    'ネットワークに接続できないときは、「システム設定」›「プライバシーとセキュリティ」›「ローカルネットワーク」で Parley を許可してください。',
  'desktop.keysSystem': '秘密鍵はこのシステムのキーチェーンで保護されています。',
  'desktop.keysFile':
    'このシステムには Parley が使えるキーチェーンがありません。秘密鍵はファイルの権限だけで保護されています。',
  'desktop.log': 'エラーはこのコンピューターのログに書き込まれます。メッセージは含まれません。',
  'desktop.openLog': 'ログを表示',
  'desktop.saved': '保存しました。',
};
