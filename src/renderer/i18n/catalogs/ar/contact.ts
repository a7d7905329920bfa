import type { Translated } from '../../catalog.ts';
import type { contact as source } from '../en/contact.ts';

export const contact: Translated<typeof source> = {
  'contact.addresses': 'العناوين',
  'contact.copyAddress': 'نسخ {address}',
  'contact.since': 'في قائمتك منذ {date}',
  'contact.encryptedWhy': 'مشفّر، ومعروف بمفتاحه.',
  'contact.unknownWhy': 'لم يُوصَل إليه قط، فلا يُعرف من هناك.',
  'contact.identity': 'رمز الهوية',
  'contact.identityHint': 'يمثّل المفتاح ويبقى نفسه على كل عنوان. يراه {name} في إعداداته.',
  'contact.copyIdentity': 'نسخ رمز الهوية',
  'contact.remove': 'نسيان جهة الاتصال…',
  'contact.removeTitle': 'هل تريد نسيان {name}؟',
  'contact.removeSure':
    'تُحذف جهة الاتصال وكل رسائل هذه المحادثة من هذا الحاسوب. لا يمكن التراجع عن ذلك.',
  'contact.removeYes': 'نسيان وحذف',
  'contact.block': 'حظر',
  'contact.unblock': 'إلغاء الحظر',

  'trust.heading': 'هل هذا {name} حقًّا؟',
  'trust.none': 'لا تأكّد إطلاقًا',
  'trust.first-use': 'معروف منذ أول اتصال',
  'trust.invite': 'معروف من دعوة',
  'trust.verified': 'تحقّقتَ منه بنفسك',
  'trust.noneWhy': 'لا مفتاح هنا، فقد يجيب أي شخص بدلًا منه.',
  'trust.first-useWhy':
    'يتذكّر Parley المفتاح الذي أجاب أولًا ويلاحظ أي مفتاح آخر. قارنا رقم الأمان للتأكد من أنه كان {name} منذ البداية.',
  'trust.inviteWhy':
    'وعد رابط الدعوة بهذا المفتاح، وهو الذي أجاب. والثقة به بقدر الثقة بالطريق الذي وصلك به الرابط.',
  'trust.verifiedWhy': 'قارنتَ رقم الأمان مع {name} وكان هو نفسه.',

  'safety.heading': 'رقم الأمان',
  'safety.how':
    'اتصل هاتفيًّا بـ {name} أو التقِ به، وليقرأ كلٌّ منكما هذه المجموعات للآخر. لا ترسلاها في هذه المحادثة. إذا تطابقت كلها على الشاشتين فلا أحد يتنصّت عليكما.',
  'safety.computing': 'جارٍ حساب الرقم…',
  'safety.same': 'إنها متطابقة: وضع علامة «متحقَّق منه»',
  'safety.takeBack': 'إزالة التحقّق',
  'safety.marked': 'صار {name} متحقَّقًا منه.',
  'safety.tookBack': 'لم يعد {name} متحقَّقًا منه.',
  'safety.different': 'إذا اختلفت فربما يتنصّت أحدهم: لا تكتب شيئًا خاصًّا، واسأل {name} مباشرةً.',

  'changed.title': 'تغيّر مفتاح الأمان الخاص بـ {name}',
  'changed.what':
    'يجيب على هذا العنوان مفتاح غير الذي تعرفه. يحدث ذلك عندما يعيد {name} تثبيت Parley أو يغيّر حاسوبه. ويحدث أيضًا عندما ينتحل أحدهم شخصية {name}.',
  'changed.held': 'لا يُرسل شيء إلى المفتاح الجديد. ما تكتبه ينتظر هنا.',
  'changed.ask': 'اسأل {name} بطريقة أخرى، بالهاتف مثلًا، عن رمز هويته.',
  'changed.known': 'الرمز الذي تعرفه',
  'changed.found': 'الرمز الذي يجيب الآن',
  'changed.keep': 'عدم الوثوق به بعد',
  'changed.trust': 'هذا {name} فعلًا: الوثوق بالمفتاح الجديد',
  'changed.sureTitle': 'هل تثق بالمفتاح الجديد؟',
  'changed.sure':
    'من الآن فصاعدًا يكون هذا المفتاح هو {name} بالنسبة إليك، وتُرسل إليه الرسائل المنتظرة. لا تفعل ذلك إلا إذا أكّد لك {name} الرمز الجديد.',
  'changed.yes': 'الوثوق بالمفتاح الجديد',
  'changed.done': 'أصبحت تثق بمفتاح {name} الجديد.',
  'changed.kept':
    'يبقى المفتاح الذي تعرفه. يعود الاتصال عندما يتصل بك، أو عندما يجيب عند إعادة المحاولة.',
  'plain.title': 'هذا الاتصال غير مشفّر',
  'plain.what':
    'تعرف {name} عبر اتصال مشفّر، أما الآن فلا يجيب على عنوانه إلا اتصال غير مشفّر. ربما يعمل هناك برنامج آخر، أو يريد أحدهم التنصّت.',
  'plain.held': 'لا يُرسل شيء بلا تشفير. ما تكتبه ينتظر هنا.',
};
