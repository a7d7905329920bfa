import type { Catalog } from '../../catalog.ts';

export const problems: Catalog['problems'] = {
  'bad-address': ['{reason}', '请输入类似 192.168.1.20:8080 的地址，或邀请链接。'],
  'own-address': ['{address} 是你自己的地址。', '请输入对方的地址：对方的应用中会显示。'],
  'name-not-found': [
    '没有找到名为 {host} 的电脑。',
    '请检查拼写，或用数字（如 192.168.1.20:8080）代替名称。',
  ],
  refused: [
    '已到达 {host}，但端口 {port} 上没有程序在监听。',
    '请对方启动 Parley，并核对它显示的端口。',
  ],
  unreachable: ['没有通往 {host} 的路径。', '请检查两台电脑是否在同一个网络或 VPN 中。'],
  'timed-out': [
    '{host} 在端口 {port} 上没有应答。',
    '请检查它是否已开机、是否在同一网络，以及防火墙是否放行端口 {port}。',
  ],
  'not-a-peer': [
    '{host}:{port} 上运行的是别的程序，不是 Parley。',
    '请检查端口：它显示在对方应用中地址的旁边。',
  ],
  'turned-away': [
    '{host} 有应答，但不接受你的连接。',
    '对方没有说明原因：可能屏蔽了你，也可能来访太多。请通过其他方式询问。',
  ],
  'call-refused': [
    '{host} 有回应，但拒绝了这次来访：{reason}',
    '由对方决定回应谁：请把它的回复告诉你的朋友。',
  ],
  'secure-failed': [
    '无法与 {host}:{port} 建立加密连接。',
    '请重试；如果仍然如此，请确认双方都是最新版本。',
  ],
  'identity-changed': [
    '在 {address} 上应答的身份，与你认识的 {name} 不同。',
    '在通过其他方式向 {name} 确认是否重装之前，不要发送任何内容。',
  ],
  'address-taken': [
    '现在在 {address} 应答的是 {other}，而不是 {name}。',
    '请向 {name} 询问新地址；你写给 {name} 的内容会一直等待。',
  ],
  'other-recipient': [
    '写下这条消息时，{name} 的安全码与现在不同。',
    '如果你确定这里的对方是谁，请重新发送。',
  ],
  'contact-copies': [
    '{name} 正用同一个个人资料同时在两处在线。',
    '请 {name} 关闭其中一处：你写的内容只会到达一处。如果 {name} 不知情，可能有别人拥有一份副本。',
  ],
  'own-copy-seen': [
    '{name} 看到你用这个个人资料同时在两处在线。',
    '请关闭其中一处：消息只会到达一处。如果你不知道有另一处，可能有人拥有你个人资料的副本。',
  ],
  'own-copy-called': [
    '使用这个个人资料的另一个 Parley 正在 {host} 上运行。',
    '请关闭其中一处：消息只会到达一处。如果你不知道有另一处，可能有人拥有你个人资料的副本。',
  ],
  'strangers-full': [
    '你尚未接受的人留下的内容太多，他们的后续消息只能等待。',
    '请接受你认识的人，删除或屏蔽其他人。不会丢失任何内容：等待中的消息保留在发送者那里。',
  ],
  'identity-known': ['该密钥已由 {name} 使用。', '如果是同一个人，请合并两个会话。'],
  'looks-known': [
    '你已认识 {known}，其安全密钥与 {name} 的不同。',
    '接受之前，请通过其他方式与 {known} 比对代码。',
  ],
  'identity-unseen': ['没有其他身份代替 {name} 应答过。', '请重新连接，然后查看是谁在应答。'],
  'plain-refused': [
    '你与 {name} 一直使用加密连接，但 {address} 上只有未加密的应答。',
    '请 {name} 在那里启动 Parley；没有发送任何内容。',
  ],
  'peer-busy': ['{host} 目前不接受来访：{reason}', '请稍等片刻再试。'],
  'too-many-open': ['这台电脑打开的连接过多，无法到达 {host}。', '请关闭其他程序后再试。'],
  'not-encrypted': [
    '与 {host}:{port} 的连接未加密，那里也无人证明自己的身份。',
    '请只在这台电脑或可信的网络中使用；双方都用 Parley 时会加密。',
  ],
  'identity-unproven': [
    '{host}:{port} 的应答已加密，但所用密钥不是聊天程序使用的。',
    '请检查端口：这可能是一个网页服务器。',
  ],
  'peer-silent': ['{host}:{port} 接受了连接，但没有应答。', '请检查端口，并请管理者重新启动它。'],
  'protocol-unknown': [
    '{host}:{port} 上的对方没有说明使用哪个版本的 Parley 协议。',
    '如果消息无法送达，请对方更新 Parley。',
  ],
  'protocol-differs': [
    '对方使用 Parley 协议版本 {theirs}；本副本使用版本 {ours}。',
    '请更新两者中较旧的一个。',
  ],
  'batch-only': [
    '{host}:{port} 上的对方只应答单次请求，因此无法通过此连接给你写消息。',
    '请把你的地址告诉管理者：要主动写消息，需要由对方来连接你。',
  ],
  'clock-differs': [
    '{name} 的时钟{direction, select, behind {慢了} other {快了}}{difference}。',
    '请双方都通过互联网校准时钟；在此之前消息的时间不准确，但不会丢失任何消息。',
  ],
  'inbound-local-only': [
    '本副本只接受来自这台电脑的来访，所以 {name} 无法连接它。',
    '请在设置中允许来自整个网络的来访，或始终由你主动连接。',
  ],
  'inbound-refused': [
    '{name} 尝试回连，但你的地址上端口 {port} 没有程序在监听。',
    '如果你们之间有路由器，请把端口 {port} 转发到这台电脑；否则请始终由你主动连接。',
  ],
  'inbound-timed-out': [
    '{name} 尝试在端口 {port} 上回连，但没有得到应答。',
    '请在这台电脑和路由器的防火墙中放行端口 {port}，或始终由你主动连接。',
  ],
  'inbound-other-identity': [
    '{name} 尝试在端口 {port} 上回连，但那里应答的不是本副本。',
    '如果你们之间有路由器，请检查它把端口 {port} 转发到了哪台电脑。',
  ],
  cancelled: ['已放弃此次连接尝试。', '需要时可再次连接。'],
  'connection-lost': ['与 {host} 的连接已断开。', 'Parley 会继续尝试。'],
  'no-answer': ['已发送，但未确认。可能没有送达。', '重新发送之前，请先询问对方是否收到。'],
  'call-failed': ['对方返回了错误：{reason}', '请稍后再试，或询问管理者。'],
  'cannot-answer': ['{name} 来访时没有留下地址，因此无处可回复。', '请索要对方的地址并连接。'],
  blocked: ['你已屏蔽 {name}。', '请先取消屏蔽。'],
  'message-empty': ['消息是空的。', '请先写点内容。'],
  'message-too-long': [
    '消息有 {bytes, number} 字节；上限为 {limit, number}。',
    '请拆分成较短的消息。',
  ],
  'message-not-utf8': ['文本不是 UTF-8 编码，送达时会损坏。', '请先转换为 UTF-8，再重新发送。'],
  'message-malformed': ['消息中含有半个字符（不成对的代理项）。', '请重新输入，或从其他程序粘贴。'],
  'name-empty': ['名字是空的。', '请输入要让别人看到的名字。'],
  'name-too-long': ['名字有 {bytes, number} 字节；上限为 {limit, number}。', '请选择较短的名字。'],
  'over-limit': ['一次过多：{what}。', '请稍等片刻再试。'],
  'port-in-use': ['端口 {port} 已被{owner}使用。', '请关闭它，或选择其他端口。'],
  'port-forbidden': ['此用户不能在端口 {port} 上监听。', '请选择大于 1023 的端口。'],
  'host-unavailable': [
    '这台电脑没有网络地址 {host}。',
    '仅这台电脑请用 127.0.0.1，整个网络请用 0.0.0.0。',
  ],
  'port-invalid': ['{port} 不是端口。', '请选择 1 到 65535 之间的整数。'],
  'file-unusable': ['无法使用 {file}：{reason}', '请检查路径、权限和剩余空间，然后重试。'],
  storage: ['无法写入历史记录：{reason}', '请腾出空间或检查数据文件夹的权限，然后重试。'],
  'settings-mended': ['此配置的部分设置已损坏，已恢复为默认值。', '请打开设置检查一遍。'],
  'folder-open': [
    '这台电脑的其他用户可以打开此配置的文件夹（{folder}）。',
    '请收回他们的权限，或把配置放到只属于你的文件夹里。',
  ],
  'not-answered': ['{name} 尚未回应。', '暂时无法送达的内容会等待，对方回应后自动发送。'],
  'cannot-take': ['{name} 现在无法接收消息。', '你写的内容会等待，一旦可以就会自动发送。'],
  'import-invalid': [
    '导入在第 {line} 行停止：{reason}',
    '请选择由 Parley 导出的文件；该行之前的内容已导入，再次导入不会重复。',
  ],
  'import-newer': [
    '该文件由更新版本的 Parley 导出（格式 {version}）。',
    '请先更新 Parley；没有导入任何内容。',
  ],
  'unknown-contact': ['没有这个联系人。', '可能已被移除；请选择其他联系人。'],
  'unknown-message': ['没有这条消息。', '可能已被删除。'],
  'bad-input': ['无法理解该请求：{reason}', '请报告此问题。'],
  'clipboard-refused': ['浏览器不允许此页面使用剪贴板。', '请选中文字并自行复制。'],
  'link-refused': ['这不是可以打开的网页地址。', '请先复制并仔细查看，再自行打开。'],
  'no-browser': ['系统无法打开该地址。', '请复制后自行在浏览器中打开。'],
  paused: ['Parley 已暂停：你处于离线状态，发送的内容会等待。', '选择“恢复”即可重新被联系到。'],
  stopped: ['Parley 正在关闭。', '请重新启动它。'],
  internal: ['Parley 内部出了问题。', '请重试；如果再次发生，请附上日志报告。'],
};

export const terms: Catalog['terms'] = {
  'calls back': '回连',
  'not accepted yet': '尚未接受的消息',
  'requests are waiting': '等待中的请求',
  'strangers are calling': '陌生人的来访',
  'another program': '其他程序',
};
