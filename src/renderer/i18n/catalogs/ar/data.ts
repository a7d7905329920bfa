import type { Translated } from '../../catalog.ts';
import type { data as source } from '../en/data.ts';

export const data: Translated<typeof source> = {
  'data.title': 'البيانات',
  'data.where': 'كل شيء محفوظ على هذا الحاسوب',
  'data.memory': 'لا يُحفظ شيء على القرص: يزول كل شيء عند انتهاء Parley.',
  'data.size': '{size} على القرص',
  'data.copyFolder': 'نسخ مسار المجلد',
  'data.export': 'تصدير…',
  'data.exportHint':
    'كل جهات الاتصال والرسائل في ملف نصي واحد. وهو غير مشفّر: احفظه حيث لا يستطيع غيرك قراءته. مفتاحك الخاص ليس فيه.',
  'data.exporting': 'جارٍ التصدير…',
  'data.exported': 'صُدّر إلى {file}.',
  'data.downloading': 'يحفظ متصفحك الملف.',
  'data.import': 'استيراد…',
  'data.importHint': 'يضيف كل ما في ملف التصدير وليس موجودًا هنا بعد.',
  'data.importing': 'جارٍ الاستيراد…',
  'data.imported':
    'أُضيفت {contacts, plural, zero {صفر جهات اتصال} one {جهة اتصال واحدة} two {جهتا اتصال} few {# جهات اتصال} many {# جهة اتصال} other {# جهة اتصال}} و{messages, plural, zero {صفر رسائل} one {رسالة واحدة} two {رسالتان} few {# رسائل} many {# رسالة} other {# رسالة}}.',
  'data.importedNothing': 'كل ما في ذلك الملف موجود هنا من قبل.',
  'data.notTaken.reach':
    'في المكان الذي جاء منه الملف كان يمكن الوصول إلى Parley من الشبكة. هنا يبقى الأمر كما هو، ويمكنك تغييره في «الوصول إليك».',
  'data.notTaken.openContract':
    'هناك كان يُردّ أيضًا على الاتصالات غير المشفّرة من الشبكة. هنا يبقى الأمر كما هو، ويمكنك تغييره في «الاتصالات غير المشفّرة».',
  'data.notTaken.verified':
    'كانت بعض جهات الاتصال متحقَّقًا منها هناك. الملف لا يثبت ذلك، فقارن أرقام الأمان هنا من جديد.',
  'data.notTaken.own': 'إحدى جهات الاتصال في الملف هي أنت، لذلك لم تُستورد تلك المحادثة.',
  'data.delete': 'حذف كل شيء…',
  'data.deleteHint': 'يبقى اسمك وإعداداتك ومفتاحك.',
  'data.deleteTitle': 'أتريد حذف كل شيء؟',
  'data.deleteSure':
    'تُحذف كل جهات الاتصال وكل الرسائل من هذا الحاسوب. لا يمكن التراجع عن ذلك. ويحتفظ الآخرون بما أرسلته إليهم.',
  'data.deleteWord': 'حذف',
  'data.deleteType': 'اكتب «{word}» للتأكيد:',
  'data.deleteYes': 'حذف كل شيء',
  'data.deleting': 'جارٍ الحذف…',
  'data.deleted': 'حُذفت كل جهات الاتصال والرسائل.',

  'about.licence': 'برنامج حر برخصة MIT، دون أي ضمان.',
  'about.protocol': 'يتكلم Cap’n Web، وهو بروتوكول مفتوح موصوف في',
  'about.seenTitle': 'ما يراه الآخرون عنك',
  'about.seenNobody': 'لا يشارك أي خادم، فلا ترى أي شركة شيئًا.',
  'about.seenContacts':
    'ترى جهات اتصالك اسمك ورمز هويتك والعنوان الذي تتصل منه وهل يعمل Parley لديك.',
  'about.seenKnock':
    'من يستطيع الوصول إلى عنوانك يستطيع أن يعرف أن Parley يعمل هناك، واسمك، وعدد الرسائل التي تلقيتها.',
  'about.seenRead': 'يرون ما قرأته.',
  'about.seenNotRead': 'لا يرون ما قرأته.',
  'about.seenTyping': 'يرون أنك تكتب.',
  'about.seenNotTyping': 'لا يرون أنك تكتب.',
  'about.seenWay': 'ترى الشبكة بينكما من يتصل بمن، لكنها لا ترى ما تكتبه.',
};
