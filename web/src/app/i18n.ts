import { appMessages } from '@huming/shared/i18n/app'
import { kitMessages } from '@huming/shared/i18n/kit'
import { numbered } from '@huming/shared/i18n/messages'
import { navMessages } from '@huming/shared/i18n/nav'
import { statusMessages } from '@huming/shared/i18n/status'
import type { Locale } from '@huming/shared/locale'
import { createInstance } from 'i18next'
import { useSyncExternalStore } from 'react'
import { recall, remember } from './remember.ts'
import type { TextKey, Texts } from './texts.ts'

const engine = createInstance()
const listeners = new Set<() => void>()

void engine.init({
  lng: recall('locale') === 'en' ? 'en' : 'zh',
  fallbackLng: 'zh',
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // React escapes; escaping twice would show &#39; to people.
  interpolation: { escapeValue: false },
  resources: {},
})
addTexts(appMessages)
addTexts(kitMessages)
addTexts(navMessages)
addTexts(statusMessages)

/** Registers the sentences of an area; consoles do so when they load. */
export function addTexts(texts: Texts): void {
  const entries = Object.entries(texts)
  const pick = (side: 0 | 1) => Object.fromEntries(entries.map(([key, pair]) => [key, pair[side]]))
  engine.addResourceBundle('zh', 'translation', pick(0))
  engine.addResourceBundle('en', 'translation', pick(1))
}

/** The sentence of a key in the language of the person, with `{{name}}` filled in. */
export function t(key: TextKey, params: Record<string, string | number> = {}): string {
  return numbered(engine.t(key, params), params['count'])
}

/** The sentence of a key built at run time (`problem.<code>`, `status.order.<status>`), or the fallback. */
export function textOf(key: string, fallback: string, params: Record<string, string | number> = {}): string {
  return engine.exists(key) ? numbered(engine.t(key, params), params['count']) : fallback
}

/** The language in use, for functions that write days, units and amounts. */
export function locale(): Locale {
  return engine.language === 'en' ? 'en' : 'zh'
}

/** What stands between the names of a list. */
export function comma(): string {
  return locale() === 'en' ? ', ' : '、'
}

/** Both names of a thing at hand: the one in the language of the person. */
export function named(name: { zh: string; en?: string | null | undefined }): string {
  return locale() === 'en' && name.en ? name.en : name.zh
}

/** The language tag for `lang` and Intl. */
export function languageTag(): 'zh-CN' | 'en' {
  return locale() === 'en' ? 'en' : 'zh-CN'
}

/** Changes the language of the whole app and remembers it. */
export function setLocale(next: Locale): void {
  remember('locale', next)
  void engine.changeLanguage(next).then(() => {
    document.documentElement.lang = languageTag()
    for (const listener of listeners) listener()
  })
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Called once at the root: the whole tree is drawn again when the language changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, locale)
}
