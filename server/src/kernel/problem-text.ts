import { fill, type MessageParams } from '@huming/shared/i18n/messages'
import { problemMessages } from '@huming/shared/i18n/problems'
import type { Locale } from '@huming/shared/locale'
import { type Problem, type ProblemCode, problems } from '@huming/shared/problems'
import type { FaultExtra } from './fault.ts'

/** Language of the answer: `Accept-Language` beginning with en, else Chinese. */
export const localeOf = (acceptLanguage: string | undefined): Locale =>
  acceptLanguage?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh'

/** RFC 9457 body of a refusal, its sentence in the reader's language. */
export function problemBody(code: ProblemCode, locale: Locale, extra: FaultExtra = {}): Problem {
  const { params, ...members } = extra
  const sentence = sentenceOf(code, locale, params)
  return {
    type: `urn:huming:problem:${code}`,
    title: sentence,
    status: problems[code],
    code,
    detail: sentence,
    ...(params ? { params } : {}),
    ...members,
  }
}

const sentenceOf = (code: ProblemCode, locale: Locale, params?: MessageParams): string =>
  fill(problemMessages[`problem.${code}`][locale === 'zh' ? 0 : 1], params)
