import { t } from '../app/i18n.ts'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { useKeptDraft } from './kept-draft.ts'
import type { Run } from './overlay.ts'

const kmMost = 5_000_000
type Odometer = { outKm: number | null; backKm: number | null }

/** What the odometer showed, kept on the phone from leaving until the end. */
export const useOdometer = (run: Run) =>
  useKeptDraft<Odometer>(`${run.id}/odometer`, { outKm: null, backKm: null })

interface OdometerProps {
  odometer: Odometer
  set: (part: Partial<Odometer>) => void
  /** Back at the hub: both readings, else the one when leaving. */
  back?: boolean
}

/** The odometer, where the driver reads it; left empty the planned distance counts. */
export function OdometerCard({ odometer, set, back = false }: OdometerProps) {
  const { outKm, backKm } = odometer
  return (
    <Card title={t('driver.odometer')}>
      <NumberField
        label={t('driver.odometer.out')}
        size="l"
        optional
        max={kmMost}
        after="km"
        value={outKm}
        onNumber={(km) => set({ outKm: km })}
      />
      {back && (
        <NumberField
          label={t('driver.odometer.back')}
          size="l"
          optional
          min={outKm ?? 0}
          max={kmMost}
          after="km"
          value={backKm}
          onNumber={(km) => set({ backKm: km })}
        />
      )}
    </Card>
  )
}
