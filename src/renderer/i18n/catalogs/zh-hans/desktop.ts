import type { Translated } from '../../catalog.ts';
import type { desktop as source } from '../en/desktop.ts';

export const desktop: Translated<typeof source> = {
  'desktop.title': '桌面应用',
  'desktop.closeToTray': '关闭窗口后继续运行',
  'desktop.closeToTrayHint': 'Parley 留在托盘中，朋友可以联系到你。可在那里退出。',
  'desktop.noTray': '此系统不显示托盘图标，关闭窗口即退出 Parley。',
  'desktop.startAtLogin': '登录时启动',
  'desktop.startAtLoginHint': '不打开窗口：朋友从一开始就能联系到你。',
  'desktop.loginWaits': 'macOS 正在等待你的同意：“系统设置”›“通用”›“登录项”。',
  'desktop.spellCheck': '检查拼写',
  'desktop.spellCheckHint': '使用此系统的词典。不会下载任何内容，也没有任何内容离开这台电脑。',
  'desktop.autoUpdate': '查找新版本',
  'desktop.autoUpdateHint': '在后台下载，绝不会自行重启 Parley。',
  'desktop.update': '新版本',
  'desktop.updateManual': '在此系统上 Parley 不会自行替换。请安装更新的软件包来覆盖。',
  'desktop.updateManualAt': '在此系统上 Parley 不会自行替换。更新的软件包：{url}',
  'desktop.updateOff': '由你自己查找新版本。',
  'desktop.updateIdle': '据 Parley 所知，这是最新版本。',
  'desktop.updateChecking': '正在查找新版本…',
  'desktop.updateDownloading': '正在下载新版本…',
  'desktop.updateReady': '版本 {version} 已就绪，下次启动 Parley 时生效。',
  'desktop.updateFailed': '无法查找或下载新版本。Parley 稍后会再试。',
  'desktop.updateCheck': '立即查找',
  'desktop.updateRestart': '立即重启',
  'desktop.reach.windows':
    '如果朋友联系不到你：每次更新后，Windows 防火墙都会再次询问 Parley。请在“允许应用通过防火墙”中允许它。',
  'desktop.reach.mac':
    '如果无法访问你的网络：请在“系统设置”›“隐私与安全性”›“本地网络”中允许 Parley。',
  'desktop.keysSystem': '你的私钥受此系统的钥匙串保护。',
  'desktop.keysFile': '此系统没有 Parley 可用的钥匙串：你的私钥仅受其文件权限保护。',
  'desktop.log': '错误会写入这台电脑上的日志，其中不含任何消息。',
  'desktop.openLog': '显示日志',
  'desktop.saved': '已保存。',
};
