/** A language that the page brings along, and that is written from right to left. */
import type { PartialTranslation } from '../../widget/i18n/translations.ts';

export const arabic: PartialTranslation = {
  heading: 'المحادثة',
  greeting: 'كيف يمكنني مساعدتك؟',
  transcript: 'الرسائل',
  fromYou: 'قلتَ:',
  fromAssistant: 'قال المساعد:',
  yourTurn: (time) => `رسالتك، ${time}`,
  assistantTurn: (time) => `جواب المساعد، ${time}`,
  jumpToLatest: 'إلى الأحدث',
  copyMessage: 'نسخ الرسالة',
  thinking: 'يفكّر…',
  retry: 'حاول مرة أخرى',
  composer: 'رسالة',
  placeholder: 'اكتب رسالة…',
  send: 'إرسال',
  stop: 'أوقف الجواب',
  clear: 'مسح المحادثة',
  online: 'متصل',
  suggestions: 'اقتراحات',
  close: 'إغلاق المحادثة',
  copyCode: 'نسخ',
  codeCopied: 'تم النسخ',
  table: 'جدول',
  code: 'نص برمجي',
  errors: { upstream_unreachable: 'لا يمكن الوصول إلى المساعد الآن.' },
};
