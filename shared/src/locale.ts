/** The two languages every sentence, label and name of the product exists in. */
export type Locale = 'zh' | 'en'

/** One text in both languages. */
export type LocalText = { readonly zh: string; readonly en: string }
