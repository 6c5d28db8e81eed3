import { packedText } from '@huming/shared/packed-text'
import { locale } from '../app/i18n.ts'

type Pack = Parameters<typeof packedText>[1]

/** A quantity of one pack: "3 箱 (30 kg)". */
export function Packed({ base, of }: { base: number | null; of: Pack }) {
  if (base === null) return <span className="muted">—</span>
  return <span className="num">{packedText(base, of, locale())}</span>
}
