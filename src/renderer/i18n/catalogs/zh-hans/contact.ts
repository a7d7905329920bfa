import type { Translated } from '../../catalog.ts';
import type { contact as source } from '../en/contact.ts';

export const contact: Translated<typeof source> = {
  'contact.addresses': '地址',
  'contact.copyAddress': '复制 {address}',
  'contact.since': '于 {date} 加入列表',
  'contact.encryptedWhy': '已加密，并通过密钥识别。',
  'contact.unknownWhy': '从未联系上，因此不知道那里是谁。',
  'contact.identity': '身份代码',
  'contact.identityHint': '它代表对方的密钥，在任何地址都相同。{name} 可以在自己的设置中看到它。',
  'contact.copyIdentity': '复制身份代码',
  'contact.remove': '移除联系人…',
  'contact.removeTitle': '移除 {name}？',
  'contact.removeSure': '此联系人以及会话中的所有消息都会从这台电脑上删除，且无法撤销。',
  'contact.removeYes': '移除并删除',
  'contact.block': '屏蔽',
  'contact.unblock': '取消屏蔽',

  'trust.heading': '这真的是 {name} 吗？',
  'trust.none': '完全不可靠',
  'trust.first-use': '自首次联系起认识',
  'trust.invite': '通过邀请认识',
  'trust.verified': '已由你验证',
  'trust.noneWhy': '对方没有密钥，所以任何人都可能冒充对方应答。',
  'trust.first-useWhy':
    'Parley 会记住最先应答的密钥，并能发现任何其他密钥。要确定从一开始就是 {name}，请核对安全码。',
  'trust.inviteWhy':
    '邀请链接承诺了这个密钥，应答的也正是它。它的可靠程度取决于链接是如何到你手中的。',
  'trust.verifiedWhy': '你已和 {name} 核对过安全码，两边一致。',

  'safety.heading': '安全码',
  'safety.how':
    '打电话给 {name} 或当面互相读出这些数字。不要通过此会话发送。如果两边屏幕上的全部相同，就没有人在窃听。',
  'safety.computing': '正在计算安全码…',
  'safety.same': '全部相同：标记为已验证',
  'safety.takeBack': '取消验证',
  'safety.marked': '{name} 现已标记为已验证。',
  'safety.tookBack': '{name} 不再标记为已验证。',
  'safety.different': '如果不同，可能有人在窃听：不要写任何私密内容，并当面询问 {name}。',

  'changed.title': '{name} 的安全密钥已更改',
  'changed.what':
    '在对方的地址上，应答的密钥与你认识的不同。{name} 重新安装 Parley 或更换电脑时会这样；有人冒充 {name} 时也会这样。',
  'changed.held': '不会向新密钥发送任何内容。你写的内容会在这里等待。',
  'changed.ask': '请通过其他方式（例如电话）向 {name} 询问其身份代码。',
  'changed.known': '你认识的代码',
  'changed.found': '现在应答的代码',
  'changed.keep': '暂不信任',
  'changed.trust': '确实是 {name}：信任新密钥',
  'changed.sureTitle': '信任新密钥？',
  'changed.sure':
    '从现在起，这个密钥对你来说就是 {name}，等待中的消息会发送给它。只有在 {name} 向你确认了新代码之后才这样做。',
  'changed.yes': '信任新密钥',
  'changed.done': '你现在信任 {name} 的新密钥。',
  'changed.kept': '你认识的密钥保持不变。当它来连接你，或在你重试时应答，就会恢复连接。',
  'plain.title': '此连接未加密',
  'plain.what':
    '你与 {name} 一直使用加密连接，但现在对方的地址上只有未加密的应答。那里可能运行着别的程序，或者有人想偷看。',
  'plain.held': '未加密时不会发送任何内容。你写的内容会在这里等待。',
  'alike.both': '你已认识此地址上的 {name}，但安全密钥不同',
  'alike.name': '你已认识 {name}，但安全密钥不同',
  'alike.address': '你认识的 {name} 使用此地址，但安全密钥不同',
  'alike.what':
    '可能是 {name} 换了电脑，也可能是有人冒充 {name}。接受之前，请通过其他方式（例如电话）比对代码。',
  'alike.online': '{name} 此刻正以你认识的密钥在线。',
  'alike.code': '此请求的代码',
  'alike.open': '打开与 {name} 的会话',
  'alike.same': '确实是 {name}…',
  'alike.other': '是另一个人…',
  'alike.sameTitle': '信任新密钥并合并两个会话？',
  'alike.sameSure':
    '从现在起，这个密钥对你来说就是 {name}。两个会话会合并为一个，等待发送给 {name} 的消息会发送给新密钥。只有在 {name} 向你确认了新代码之后才这样做。',
  'alike.merge': '合并两个会话',
  'alike.otherTitle': '作为另一个人接受？',
  'alike.otherSure': '你将有两个容易混淆的会话。你认识的 {name} 的密钥保持不变。',
  'alike.acceptOther': '作为另一个人接受',
};
