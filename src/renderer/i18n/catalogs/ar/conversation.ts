import type { Translated } from '../../catalog.ts';
import type { conversation as source } from '../en/conversation.ts';

export const conversation: Translated<typeof source> = {
  'conversation.back': 'العودة إلى المحادثات',
  'conversation.details': 'تفاصيل جهة الاتصال',
  'conversation.encrypted': 'مشفّر',
  'conversation.openMark': 'غير متحقَّق منه وغير مشفّر',
  'conversation.openWhy': 'لا شيء يثبت من يجيب على هذا العنوان، وقد يقرأ آخرون في الشبكة ما يُكتب.',
  'conversation.guestMark': 'لا يمكن الرد',
  'conversation.guestWhy': 'جاء هذا الاتصال بلا عنوان. اطلب العنوان ثم اتصل به لتتمكن من الرد.',
  'conversation.guestWhyShort': 'لا شيء يثبت هوية المتصل، ولا عنوان للرد عليه.',
  'conversation.offline': 'غير متصل',
  'conversation.retryIn':
    'المحاولة التالية {seconds, plural, zero {الآن} one {بعد ثانية واحدة} two {بعد ثانيتين} few {بعد # ثوانٍ} many {بعد # ثانية} other {بعد # ثانية}}',
  'conversation.retryNow': 'تجري المحاولة من جديد الآن…',
  'conversation.noRetry': 'لن يعيد Parley المحاولة من تلقاء نفسه.',
  'conversation.requestTitle': 'يرغب {name} في محادثتك',
  'conversation.requestHint': 'اقبل لتتمكن من الرد، أو احظر حتى لا يصلك شيء بعد الآن.',
  'conversation.accept': 'قبول',
  'conversation.block': 'حظر',
  'conversation.unblock': 'إلغاء الحظر',
  'conversation.blockedTitle': 'لقد حظرت {name}',
  'conversation.blockedHint': 'لا يصلك أي شيء مما يرسله.',

  'away.offline': '{name} غير متصل.',
  'away.unreachable': 'لا يمكن الوصول إلى {name} الآن.',
  'away.waits': 'يُرسَل ما تكتبه عند عودة الاتصال.',
  'away.details': 'التفاصيل',
  'attempt.edit': 'تعديل العنوان',
  'attempt.remove': 'إزالة',
  'attempt.field': 'العنوان',
  'attempt.listed': 'لم يُوصَل إليه بعد',
  'attempt.sureTitle': 'إزالة {address}؟',
  'attempt.sure': 'سيُحذف ما كتبته هناك.',

  'messages.label': 'الرسائل',
  'messages.sendAgain': 'إرسال مرة أخرى',
  'messages.delete': 'حذف',
  'messages.forget': 'تجاهل',
  'messages.older': 'جارٍ تحميل الرسائل الأقدم…',
  'messages.start': 'هنا تبدأ المحادثة.',
  'messages.emptyOnline': 'تمّ الاتصال. ألقِ التحية.',
  'messages.emptyWaiting': 'يمكنك الكتابة الآن. تُرسل الرسائل بمجرد الاتصال.',
  'messages.emptyClosed': 'لا شيء هنا بعد.',
  'messages.jump': 'الانتقال إلى الأحدث',
  'messages.newCount':
    '{count, plural, zero {لا رسائل جديدة} one {رسالة جديدة واحدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}}',
  'messages.announce': '{name}: {body}',
  'messages.announceMany':
    '{count, plural, zero {لا رسائل جديدة} one {رسالة جديدة واحدة} two {رسالتان جديدتان} few {# رسائل جديدة} many {# رسالة جديدة} other {# رسالة جديدة}} من {name}',

  'delivery.queued': 'في الانتظار',
  'delivery.sending': 'جارٍ الإرسال',
  'delivery.delivered': 'وصلت',
  'delivery.read': 'قُرئت',
  'delivery.unconfirmed': 'غير مؤكدة',
  'delivery.failed': 'فشلت',

  'composer.label': 'رسالة',
  'composer.placeholder': 'اكتب رسالة',
  'composer.placeholderOffline': 'رسالة (تُرسل عند عودته)',
  'composer.send': 'إرسال',
  'composer.hint': 'يرسل مفتاح Enter الرسالة، ويبدأ Shift+Enter سطرًا جديدًا',
  'composer.count': '{used} من {limit}',

  'when.today': 'اليوم',
  'when.yesterday': 'أمس',
};
