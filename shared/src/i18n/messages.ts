/** A message in the two languages of the product: `[中文, English]`. `{{name}}` is filled from parameters. */
export type Pair = readonly [zh: string, en: string]

/** Declares a group of messages; a missing language is a type error. */
export const messages = <const T extends Record<string, Pair>>(pairs: T): T => pairs

export type MessageParams = Readonly<Record<string, string | number>>

/** Fills `{{name}}` marks; an unknown mark stays visible, so that a mistake is seen. */
export const fill = (template: string, params: MessageParams = {}): string =>
  template.replace(/\{\{(\w+)\}\}/g, (mark, name: string) => String(params[name] ?? mark))
