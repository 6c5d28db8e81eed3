import { initialsOf, soundOf } from '@huming/db/pinyin'
import type { Sql } from '../kernel/ctx.ts'

const termsMax = 6

/** One word of a search: as typed in small letters, and how it sounds when it is Chinese. */
export type SearchTerm = { readonly text: string; readonly sound: string }

/** Splits what a person typed into words; full-width letters and capitals mean the same as plain ones. */
export function searchTerms(typed: string): SearchTerm[] {
  const words = typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s,，、;；]+/u)
  return words
    .filter((word) => word !== '')
    .slice(0, termsMax)
    .map((text) => ({ text, sound: isHan(text) && text.length > 1 ? soundOf(text) : '' }))
}

/**
 * Short codes people type (HSJ): initials of the last two to four characters of the name and of each alias. What
 * the name adds in brackets is left out: 蒸饺(猪肉白菜) → ZJ.
 */
export function shortCodesOf(name: string, aliases: readonly string[]): string[] {
  const han = [...name.replace(/[(（【[].*$/u, '')].filter((letter) => isHan(letter))
  const tails = [han.slice(-3), han.slice(-2), han.slice(-4)].map((letters) => letters.join(''))
  const codes = [...tails, ...aliases].map((word) => initialsOf(word).toUpperCase())
  return [...new Set(codes)].filter((code) => /^[A-Z0-9]{2,8}$/.test(code)).slice(0, 6)
}

const isHan = (text: string): boolean => /^\p{Script=Han}+$/u.test(text)

/**
 * How well a product `p`, its pack `s` and its supplier `o` fit the words: the sum over the words, zero when one
 * of them fits nowhere. A code goes before a name, the beginning of a name before its middle, what is written
 * before how it sounds.
 */
export function searchScore(sql: Sql, terms: readonly SearchTerm[]) {
  const texts = terms.map((term) => term.text)
  const sounds = terms.map((term) => term.sound)
  return sql`(
    select case when min(hit.score) > 0 then sum(hit.score) else 0 end
    from unnest(${texts}::text[], ${sounds}::text[]) as t(w, sound)
    cross join lateral (select lower(p.name) as name, upper(t.w) as code, lower(s.code) as sku) x
    cross join lateral (select greatest(
      case when x.code = any(p.short_codes) or x.sku = t.w then 100 else 0 end,
      case when x.name = t.w then 98 when starts_with(x.name, t.w) then 90
        when strpos(x.name, t.w) > 0 then 80 else 0 end,
      case when t.w = any(p.aliases) then 88
        when exists (select from unnest(p.aliases) a where strpos(lower(a), t.w) > 0) then 70 else 0 end,
      case when length(t.w) < 2 then 0 when p.pinyin_initials = t.w then 78
        when starts_with(p.pinyin_initials, t.w) then 68
        when strpos(p.pinyin_initials, t.w) > 0 then 52 else 0 end,
      case when length(t.w) < 2 then 0 when p.pinyin_full = t.w then 76
        when starts_with(p.pinyin_full, t.w) then 64
        when length(t.w) > 2 and strpos(p.pinyin_full, t.w) > 0 then 45 else 0 end,
      case when starts_with(lower(p.name_en), t.w) then 60
        when strpos(lower(p.name_en), t.w) > 0 then 50 else 0 end,
      case when starts_with(x.sku, t.w) then 55 else 0 end,
      case when strpos(lower(s.spec), t.w) > 0 or strpos(lower(o.name), t.w) > 0 then 30 else 0 end,
      case when t.sound <> '' and strpos(p.pinyin_full, t.sound) > 0 then 20 else 0 end
    ) as score) hit
  )`
}
