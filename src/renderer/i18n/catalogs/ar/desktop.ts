import type { Translated } from '../../catalog.ts';
import type { desktop as source } from '../en/desktop.ts';

export const desktop: Translated<typeof source> = {
  'desktop.title': 'تطبيق سطح المكتب',
  'desktop.closeToTray': 'متابعة العمل عند إغلاق النافذة',
  'desktop.closeToTrayHint':
    'يبقى Parley في شريط النظام ويمكن لأصدقائك الوصول إليك. يمكن إنهاؤه من هناك.',
  'desktop.noTray': 'لا يعرض هذا النظام أيقونات في شريط النظام، لذا فإن إغلاق النافذة ينهي Parley.',
  'desktop.startAtLogin': 'البدء عند تسجيل الدخول',
  'desktop.startAtLoginHint': 'بلا نافذة: يمكن لأصدقائك الوصول إليك من البداية.',
  'desktop.loginWaits': 'ينتظر macOS موافقتك: إعدادات النظام › عام › عناصر تسجيل الدخول.',
  'desktop.spellCheck': 'التدقيق الإملائي',
  'desktop.spellCheckHint': 'بقواميس هذا النظام. لا يُنزَّل شيء ولا يغادر شيء هذا الحاسوب.',
  'desktop.autoUpdate': 'البحث عن إصدارات جديدة',
  'desktop.autoUpdateHint': 'تُنزَّل في الخلفية ولا تعيد تشغيل Parley من تلقاء نفسها أبدًا.',
  'desktop.update': 'الإصدارات الجديدة',
  'desktop.updateManual': 'لا يستبدل Parley نفسه في هذا النظام. ثبّت حزمة أحدث فوقه.',
  'desktop.updateManualAt': 'لا يستبدل Parley نفسه في هذا النظام. الحزم الأحدث: {url}',
  'desktop.updateOff': 'أنت تبحث عن الإصدارات الجديدة بنفسك.',
  'desktop.updateIdle': 'هذا أحدث إصدار بحسب علم Parley.',
  'desktop.updateChecking': 'يجري البحث عن إصدار جديد…',
  'desktop.updateDownloading': 'يجري تنزيل إصدار جديد…',
  'desktop.updateReady': 'الإصدار {version} جاهز، ويبدأ العمل به عند تشغيل Parley من جديد.',
  'desktop.updateFailed': 'تعذّر البحث عن إصدار جديد أو تنزيله. سيحاول Parley لاحقًا.',
  'desktop.updateCheck': 'البحث الآن',
  'desktop.updateRestart': 'إعادة التشغيل الآن',
  'desktop.reach.windows':
    'إذا لم يتمكن أصدقاؤك من الوصول إليك: يسأل جدار حماية Windows عن Parley من جديد بعد كل تحديث. اسمح له هناك ضمن «السماح لتطبيق عبر جدار الحماية».',
  'desktop.reach.mac':
    'إذا تعذّر الوصول إلى شبكتك: اسمح لـ Parley في إعدادات النظام › الخصوصية والأمان › الشبكة المحلية.',
  'desktop.keysSystem': 'مفتاحك الخاص محمي بسلسلة مفاتيح هذا النظام.',
  'desktop.keysFile':
    'لا يوفّر هذا النظام سلسلة مفاتيح يمكن أن يستعملها Parley: مفتاحك الخاص لا تحميه إلا أذونات ملفه.',
  'desktop.log': 'تُكتب الأخطاء في سجل على هذا الحاسوب، ولا يحتوي على أي رسائل.',
  'desktop.openLog': 'إظهار السجل',
  'desktop.saved': 'تم الحفظ.',
};
