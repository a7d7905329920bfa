import type { Translated } from '../../catalog.ts';
import type { notifications as source } from '../en/notifications.ts';

export const notifications: Translated<typeof source> = {
  'notifications.title': 'الإشعارات',
  'notifications.legend': 'ما تُظهره الإشعارات',
  'notifications.hint': 'تظهر عندما لا تنظر إلى Parley.',
  'notifications.level.text': 'الاسم والرسالة',
  'notifications.level.name': 'الاسم فقط',
  'notifications.level.hidden': 'لا الاسم ولا الرسالة',
  'notifications.level.hiddenHint': 'فقط «رسالة جديدة».',
  'notifications.level.off': 'بلا إشعارات',
  'notifications.set.text': 'تُظهر الإشعارات الآن من كتب وماذا كتب.',
  'notifications.set.name': 'تُظهر الإشعارات الآن من كتب، لا ما كتب.',
  'notifications.set.hidden': 'تقول الإشعارات الآن فقط إن هناك رسالة جديدة.',
  'notifications.set.off': 'الإشعارات متوقفة.',
  'notifications.ask': 'يجب أن يسمح متصفحك أولًا بإشعارات هذه الصفحة.',
  'notifications.allow': 'السماح بالإشعارات',
  'notifications.notYet': 'لم يسمح المتصفح بذلك، فلن يظهر شيء بعد. اختر مرة أخرى ليسألك من جديد.',
  'notifications.denied':
    'لا يسمح متصفحك لهذه الصفحة بإظهار الإشعارات. اسمح بها في إعدادات هذه الصفحة بجانب العنوان، ثم اختر مرة أخرى.',
  'notifications.deniedBySystem':
    'لا يسمح نظامك لـ Parley بإظهار الإشعارات. اسمح بها في إعدادات النظام ضمن «الإشعارات»، ثم اختر مرة أخرى.',
  'notifications.unsupported': 'لا يمكن إظهار الإشعارات هنا: هذا المتصفح أو النظام لا يدعمها.',
  'notifications.muted': 'المحادثات المكتومة لا تُشعرك، لكن عدد غير المقروء يبقى ظاهرًا.',
  'notifications.new':
    '{count, plural, zero {لا رسائل جديدة} one {رسالة جديدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}}',
  'notifications.from':
    '{name} ({count, plural, zero {لا رسائل جديدة} one {رسالة جديدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}})',
};
