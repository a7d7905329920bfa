import type { Translated } from '../../catalog.ts';
import type { data as source } from '../en/data.ts';

export const data: Translated<typeof source> = {
  'data.title': '数据',
  'data.where': '所有内容都保存在这台电脑上',
  'data.memory': '磁盘上不保存任何内容：Parley 退出后一切都会消失。',
  'data.size': '占用磁盘 {size}',
  'data.copyFolder': '复制文件夹路径',
  'data.export': '导出…',
  'data.exportHint':
    '把所有联系人和消息导出为一个文本文件。它没有加密：请保存在别人无法读取的地方。其中不含你的私钥。',
  'data.exporting': '正在导出…',
  'data.exported': '已导出到 {file}。',
  'data.downloading': '浏览器正在保存文件。',
  'data.import': '导入…',
  'data.importHint': '添加导出文件中这里还没有的所有内容。',
  'data.importing': '正在导入…',
  'data.imported':
    '已添加 {contacts, plural, other {# 个联系人}}和 {messages, plural, other {# 条消息}}。',
  'data.importedNothing': '该文件中的内容这里都已经有了。',
  'data.notTaken.reach':
    '导出此文件的 Parley 可以从网络联系到。这里保持不变：可以在“如何联系到你”中更改。',
  'data.notTaken.openContract':
    '那里也应答来自网络的未加密来访。这里保持不变：可以在“未加密的来访”中更改。',
  'data.notTaken.verified':
    '有些联系人在那里已验证。文件无法证明这一点，请在这里重新核对他们的安全码。',
  'data.notTaken.own': '文件中有一位联系人就是你自己，因此没有导入该对话。',
  'data.delete': '全部删除…',
  'data.deleteHint': '你的名称、设置和密钥会保留。',
  'data.deleteTitle': '要全部删除吗？',
  'data.deleteSure':
    '所有联系人和所有消息都会从这台电脑上删除，且无法撤销。别人会保留你发给他们的内容。',
  'data.deleteWord': '删除',
  'data.deleteType': '输入“{word}”以确认：',
  'data.deleteYes': '全部删除',
  'data.deleting': '正在删除…',
  'data.deleted': '所有联系人和消息都已删除。',

  'about.licence': '采用 MIT 许可证的自由软件，不提供任何担保。',
  'about.protocol': '它使用开放协议 Cap’n Web，说明见',
  'about.seenTitle': '别人能看到你的什么',
  'about.seenNobody': '没有服务器参与，因此没有任何公司能看到什么。',
  'about.seenContacts':
    '你的联系人能看到你的名称、身份代码、你连接时所用的地址，以及你的 Parley 是否在运行。',
  'about.seenKnock':
    '任何能到达你地址的人都能得知那里运行着 Parley、你的名称以及你收到了多少条消息。',
  'about.seenRead': '他们能看到你读到了哪里。',
  'about.seenNotRead': '他们看不到你读到了哪里。',
  'about.seenTyping': '他们能看到你正在输入。',
  'about.seenNotTyping': '他们看不到你正在输入。',
  'about.seenWay': '中间的网络能看到谁与谁连接，但看不到你写的内容。',
};
