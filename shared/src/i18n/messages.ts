/** A message in the two languages of the product: `[中文, English]`. `{{name}}` is filled from parameters. */
export type Pair = readonly [zh: string, en: string]

/** Declares a group of messages; a missing language is a type error. */
export const messages = <const T extends Record<string, Pair>>(pairs: T): T => pairs

export type MessageParams = Readonly<Record<string, string | number>>

/** Chooses of `[one|many]` by the parameter `count`: '{{count}} [lot|lots]'. */
export const numbered = (text: string, count: string | number | undefined): string =>
  text.replace(/\[([^[\]|]*)\|([^[\]|]*)\]/g, (_, one: string, many: string) => (count === 1 ? one : many))

/** Fills `{{name}}` marks; an unknown mark stays visible, so that a mistake is seen. */
export const fill = (template: string, params: MessageParams = {}): string =>
  numbered(template, params['count']).replace(/\{\{(\w+)\}\}/g, (mark, name: string) =>
    String(params[name] ?? mark),
  )
