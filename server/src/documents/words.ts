import { documentMessages } from '@huming/shared/i18n/documents'
import { fill, type MessageParams } from '@huming/shared/i18n/messages'
import type { Locale } from '@huming/shared/locale'

export type Word = keyof typeof documentMessages

/** The words of printed papers in one language. */
export const wordsIn =
  (locale: Locale) =>
  (key: Word, params?: MessageParams): string =>
    fill(documentMessages[key][locale === 'zh' ? 0 : 1], params)
