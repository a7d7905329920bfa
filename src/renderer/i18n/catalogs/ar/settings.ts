import type { Translated } from '../../catalog.ts';
import type { settings as source } from '../en/settings.ts';

export const settings: Translated<typeof source> = {
  'settings.open': 'الإعدادات',
  'settings.title': 'الإعدادات',
  'settings.you': 'أنت',
  'settings.reachability': 'من يمكنه الوصول إليك',
  'settings.privacy': 'الخصوصية',
  'settings.appearance': 'المظهر',
  'settings.about': 'حول البرنامج',
  'settings.save': 'حفظ',
  'settings.name': 'اسمك',
  'settings.nameHint': 'هذا هو الاسم الذي يراه الآخرون.',
  'settings.renamed': 'صار اسمك {name}.',
  'settings.identity': 'رمز هويتك',
  'settings.identityHint': 'يمكن للآخرين مقارنته بما يعرضه Parley لديهم عنك.',
  'settings.port': 'المنفذ',
  'settings.portHint': 'جزء من عنوانك: من لديه العنوان القديم يحتاج إلى الجديد.',
  'settings.moved': 'صار منفذك {port}.',

  'settings.reach': 'من يمكنه الوصول إليك؟',
  'settings.reach.this-computer': 'هذا الحاسوب فقط',
  'settings.reach.this-computerHint':
    'لا يمكن لأحد غيره الاتصال بك. ويبقى بإمكانك الاتصال بالآخرين.',
  'settings.reach.network': 'شبكتي',
  'settings.reach.networkHint': 'يمكن لأي شخص في شبكتك مراسلتك. من لا تعرفهم يذهبون إلى «الطلبات».',
  'settings.reachNow': 'يمكن الوصول إليك على',
  'settings.reached.this-computer': 'من الآن لا يمكن الوصول إليك إلا من هذا الحاسوب.',
  'settings.reached.network': 'من الآن يمكن لشبكتك الوصول إليك.',

  'settings.openContract': 'الاتصالات غير المشفّرة',
  'settings.openContractHint':
    'يمكن لبرامج Cap’n Web أخرى أن تكتب إليك بلا تحقّق ولا تشفير، وتوضع عليها علامة بذلك.',
  'settings.openContract.this-computer': 'من هذا الحاسوب فقط',
  'settings.openContract.network': 'ومن الشبكة أيضًا',
  'settings.openContractSaved.this-computer':
    'لا يُردّ الآن على الاتصالات غير المشفّرة إلا من هذا الحاسوب.',
  'settings.openContractSaved.network': 'يُردّ الآن على الاتصالات غير المشفّرة من الشبكة أيضًا.',

  'settings.receipts': 'إعلام الآخرين بما قرأته',
  'settings.receiptsHint': 'يرون «قُرئت» تحت رسائلهم.',
  'settings.receiptsOn': 'يرى الآخرون الآن ما قرأته.',
  'settings.receiptsOff': 'لم يعد الآخرون يرون ما قرأته.',
  'settings.typing': 'إعلام الآخرين بأنك تكتب',
  'settings.typingHint': 'يرون أنك تكتب، ولا يرون أبدًا ما تكتبه.',
  'settings.typingOn': 'يرى الآخرون الآن أنك تكتب.',
  'settings.typingOff': 'لم يعد الآخرون يرون أنك تكتب.',

  'settings.theme': 'المظهر',
  'settings.theme.system': 'مثل النظام',
  'settings.theme.light': 'فاتحة',
  'settings.theme.dark': 'داكنة',
  'settings.textSize': 'حجم النص',
  'settings.textSize.small': 'صغير',
  'settings.textSize.standard': 'عادي',
  'settings.textSize.large': 'كبير',
  'settings.textSize.largest': 'كبير جدًّا',
  'settings.language': 'اللغة',
  'settings.language.system': 'مثل النظام',
  'settings.version': 'Parley {version}',
  'settings.shortcuts': 'اختصارات لوحة المفاتيح',
};
