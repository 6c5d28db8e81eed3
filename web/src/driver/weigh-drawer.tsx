import { isScaleError } from '@huming/shared/proof'
import { useState } from 'react'
import { named, t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Note } from '../kit/states.tsx'
import type { Line } from './goods.tsx'
import type { Refusal } from './refuse-drawer.tsx'

/** Goods weighed again at the door: net kilograms, never more than is aboard; the rest is not charged. */
export function WeighDrawer(props: {
  line: Line
  toleranceBp: number
  onClose: () => void
  onSave: (refusal: Refusal) => void
}) {
  const { line, toleranceBp, onClose, onSave } = props
  const [grams, setGrams] = useState<number | null>(null)
  const wrong = grams === null || grams < 0 || grams > line.quantity
  const less = grams === null ? 0 : line.quantity - grams
  const same = less > 0 && isScaleError(line.quantity, less, toleranceBp)
  const save = () => {
    if (wrong) return
    const refused = same ? 0 : line.quantity - grams
    onSave({ refused, reason: refused > 0 ? 'reweighed' : null })
  }
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('driver.weighOf', { name: named({ zh: line.name, en: line.nameEn }) })}
      foot={
        <Button tone="main" size="l" full disabled={wrong} onClick={save}>
          {t('driver.line.save')}
        </Button>
      }
    >
      <NumberField
        label={t('driver.weighNet')}
        hint={t('driver.weighMost', { kg: (line.quantity / 1000).toFixed(3) })}
        size="l"
        decimals={3}
        min={0}
        max={line.quantity / 1000}
        after="kg"
        value={grams === null ? null : grams / 1000}
        onNumber={(kilos) => setGrams(kilos === null ? null : Math.round(kilos * 1000))}
      />
      {same && <Note tone="info">{t('driver.weighSame', { grams: less, percent: toleranceBp / 100 })}</Note>}
    </Drawer>
  )
}
