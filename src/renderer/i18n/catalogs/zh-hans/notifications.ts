import type { Translated } from '../../catalog.ts';
import type { notifications as source } from '../en/notifications.ts';

export const notifications: Translated<typeof source> = {
  'notifications.title': '通知',
  'notifications.legend': '通知显示的内容',
  'notifications.hint': '在你没有查看 Parley 时出现。',
  'notifications.level.text': '名称和消息',
  'notifications.level.name': '仅名称',
  'notifications.level.hidden': '名称和消息都不显示',
  'notifications.level.hiddenHint': '只显示“新消息”。',
  'notifications.level.off': '不显示通知',
  'notifications.set.text': '通知现在会显示谁发来了消息以及内容。',
  'notifications.set.name': '通知现在会显示谁发来了消息，但不显示内容。',
  'notifications.set.hidden': '通知现在只会说有新消息。',
  'notifications.set.off': '通知已关闭。',
  'notifications.ask': '需要先在浏览器中允许此页面的通知。',
  'notifications.allow': '允许通知',
  'notifications.notYet': '浏览器还没有允许，所以暂时不会显示任何通知。再次选择即可重新询问。',
  'notifications.denied':
    '浏览器不允许此页面显示通知。请在地址旁的页面设置中允许通知，然后再次选择。',
  'notifications.deniedBySystem':
    '系统不允许 Parley 显示通知。请在系统设置的“通知”中允许，然后再次选择。',
  'notifications.unsupported': '这里无法显示通知：此浏览器或系统没有通知功能。',
  'notifications.muted': '已静音的会话不会通知你，但仍会显示未读数。',
  'notifications.new': '{count, plural, =1 {新消息} other {# 条新消息}}',
  'notifications.from': '{name}（{count, plural, other {# 条新消息}}）',
};
