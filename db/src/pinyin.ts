import { pinyin } from 'pinyin-pro'

const bare = (syllables: readonly string[]): string =>
  syllables
    .join('')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '')

/** How a Chinese name sounds, without tones and spaces: 蒸饺 → zhengjiao; other letters stay, small. */
export const soundOf = (text: string): string =>
  bare(pinyin(text, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }))

/** The first letters of a Chinese name: 沙县蒸饺 → sxzj. */
export const initialsOf = (text: string): string =>
  bare(pinyin(text, { pattern: 'first', toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }))
