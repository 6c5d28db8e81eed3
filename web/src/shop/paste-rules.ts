import type { OrderTextLine } from '@huming/shared/order-text'
import { aliasesOf, searchText } from '@huming/shared/search-text'

/** When and please, and nothing else: 明天早上6点前送到, 谢谢老板. */
const WHEN_AND_PLEASE =
  /^(?:今天|明天|后天|今晚|明早|明晚|一早|早上|早晨|上午|中午|下午|傍晚|晚上|早点|尽快|尽早|准时|[周星期]{1,2}[一二三四五六日天]|\d{1,2}[点号日]半?|[一二三四五六七八九十]{1,3}[点号]半?|之前|以前|前|左右|一起|要|用|送到|送|到|来|货|谢谢|多谢|感谢|辛苦|麻烦|拜托|老板|你好|您好|早上好|好的|收到|您|你|了|吧|的|哦|啊|呢|~)+$/u
/** How it should be or what should be left out: 不要葱, 别放辣, 要新鲜的. */
const WISH =
  /^(?:不要|不用|不放|别放|别加|别太|勿|少放|少辣|要.{1,6}的$|(?:放|送)(?:到|在)?.{0,4}(?:门|口|柜|库|冰箱))/u

/** A piece of a message that orders nothing but says something about the order. */
export function isRemark({ name, quantityText }: OrderTextLine): boolean {
  return quantityText === null && (WHEN_AND_PLEASE.test(name) || WISH.test(name))
}

/** The remarks joined to the order's note, each once and only as long as a note may be. */
export function noteWith(note: string, remarks: readonly string[]): string {
  const parts = [note, ...remarks].map((one) => one.trim()).filter((one) => one !== '')
  return [...new Set(parts)].join('；').slice(0, 300)
}

/** Thanks are no wish: nothing of the order is changed by them. */
export function isWish(text: string): boolean {
  return !/^(?:谢谢|多谢|感谢|辛苦|麻烦|拜托|老板|你好|您好|早上好|好的|收到|您|你|了|吧|哦|啊|呢|~)+$/u.test(
    text,
  )
}

type Named = { name: string; orderUnit: string }

/**
 * The packs found, nearest first: called so, then what ends with the words or another word for them (the thing
 * itself stands last in Chinese: 速冻扁肉 is 扁肉, 扁肉皮 is a wrapper), then the rest as the server ranked it.
 * Of packs alike the one sold in the unit that was written goes first.
 */
export function nearestFirst<One extends Named>(offers: readonly One[], line: OrderTextLine): One[] {
  const written = searchText(line.name)
  const otherWords = aliasesOf(line.name).map(searchText)
  const far = ({ name }: One): number => {
    const plain = searchText(name)
    if (plain === written) return 0
    if (written !== '' && plain.endsWith(written)) return 1
    return otherWords.some((word) => plain.endsWith(word)) ? 2 : 3
  }
  const sorted = offers
    .map((offer) => ({ offer, far: far(offer) }))
    .sort((a, b) => a.far - b.far)
    .map(({ offer }) => offer)
  const same = sorted.find((one) => one.orderUnit === line.unit && one.name === sorted[0]?.name)
  return same ? [same, ...sorted.filter((one) => one !== same)] : sorted
}
