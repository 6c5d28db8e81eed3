import { refuseReasons } from '@huming/shared/door-reasons'
import { unitName } from '@huming/shared/units'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Stepper } from '../kit/number-field.tsx'
import type { Line } from './goods.tsx'
import { reasonText } from './words.ts'

/** The scale tells `reweighed`, the office `recalled`. */
const byHand = refuseReasons.filter((reason) => reason !== 'reweighed' && reason !== 'recalled')

export type RefuseReason = (typeof refuseReasons)[number]
export type Refusal = { refused: number; reason: RefuseReason | null }

interface RefuseDrawerProps {
  line: Line
  refusal: Refusal
  onClose: () => void
  onSave: (refusal: Refusal) => void
}

/** How much of a line is refused, in the unit people weigh or count in, and why. */
export function RefuseDrawer({ line, refusal, onClose, onSave }: RefuseDrawerProps) {
  const [refused, setRefused] = useState(refusal.refused)
  const [reason, setReason] = useState<RefuseReason | ''>(refusal.reason ?? '')
  // Grams and millilitres are spoken of as kilograms and litres.
  const scale = line.baseUnit === 'piece' ? 1 : 1000
  const unit = line.baseUnit === 'piece' ? 'piece' : line.baseUnit === 'g' ? 'kg' : 'litre'
  const save = () =>
    onSave(refused === 0 ? { refused: 0, reason: null } : { refused, reason: reason || null })
  const foot = (
    <Button tone="main" size="l" full disabled={refused > 0 && reason === ''} onClick={save}>
      {t('driver.line.save')}
    </Button>
  )
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('driver.line.issueOf', { name: named({ zh: line.name, en: line.nameEn }) })}
      foot={foot}
    >
      <div className="stack">
        <div className="stack" style={{ ['--gap' as string]: '8px' }}>
          <span>{t('driver.line.howMuch')}</span>
          <div className="row">
            <Stepper
              label={t('driver.line.howMuch')}
              size="l"
              unit={unitName(unit, locale())}
              decimals={scale === 1 ? 0 : 3}
              min={0}
              max={line.quantity / scale}
              step={Math.min(line.basePerOrderUnit, line.quantity) / scale}
              value={refused / scale}
              onNumber={(amount) => setRefused(Math.round((amount ?? 0) * scale))}
            />
            <span>{unitName(unit, locale())}</span>
          </div>
          <div className="driver-pair">
            <Button size="l" full onClick={() => setRefused(line.quantity)}>
              {t('driver.line.all')}
            </Button>
            <Button size="l" full onClick={() => setRefused(0)}>
              {t('driver.line.none')}
            </Button>
          </div>
        </div>
        {refused > 0 && (
          <RadioGroup
            label={t('driver.line.why')}
            value={reason}
            options={byHand.map((value) => ({ value, label: reasonText(value) }))}
            onPick={setReason}
          />
        )}
      </div>
    </Drawer>
  )
}
