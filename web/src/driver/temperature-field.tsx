import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { Segmented } from '../kit/choose.tsx'
import { NumberField } from '../kit/number-field.tsx'

interface TemperatureFieldProps {
  label: string
  hint?: string
  /** Frozen goods begin below zero: the number pads of phones have no minus. */
  zone: string
  /** Tenths of °C. */
  value: number | null
  onValue: (tenths: number | null) => void
}

/** Below or above zero by a press, the number by the pad. */
export function TemperatureField({ label, hint, zone, value, onValue }: TemperatureFieldProps) {
  const [side, setSide] = useState<'below' | 'above'>(zone === 'frozen' ? 'below' : 'above')
  const tell = (degrees: number | null, on = side) =>
    onValue(degrees === null ? null : Math.round(degrees * 10) * (on === 'below' ? -1 : 1) || 0)
  return (
    <div className="driver-temperature">
      <Segmented
        label={label}
        value={side}
        options={[
          { value: 'below', label: t('driver.below') },
          { value: 'above', label: t('driver.above') },
        ]}
        onPick={(next) => {
          setSide(next)
          tell(value === null ? null : Math.abs(value) / 10, next)
        }}
      />
      <NumberField
        label={label}
        hint={hint}
        size="l"
        decimals={1}
        min={0}
        max={60}
        after="℃"
        value={value === null ? null : Math.abs(value) / 10}
        onNumber={(degrees) => tell(degrees)}
      />
    </div>
  )
}
