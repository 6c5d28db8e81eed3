import { t } from '../app/i18n.ts'
import { Select, TextArea, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import type { ConsignmentDraft } from './consignment-form.tsx'
import { flawsOf } from './flaws.ts'
import './way-texts.ts'

interface VehicleProps {
  draft: ConsignmentDraft
  set: (patch: Partial<ConsignmentDraft>) => void
  error: unknown
}

/** The truck, its seal and its times. */
export function Vehicle({ draft, set, error }: VehicleProps) {
  const flaw = flawsOf(error)
  return (
    <Card title={t('coop.consignment.vehicle')}>
      <div className="coop-two">
        <TextField
          label={t('coop.consignment.plate')}
          maxLength={12}
          placeholder="闽G12345"
          value={draft.plate}
          onText={(plate) => set({ plate })}
          error={flaw('/body/plate')}
        />
        <TextField
          label={t('coop.consignment.seal')}
          maxLength={30}
          value={draft.sealNumber}
          onText={(sealNumber) => set({ sealNumber })}
          error={flaw('/body/sealNumber')}
        />
        <TextField
          label={t('coop.consignment.departs')}
          type="datetime-local"
          value={draft.departs}
          onText={(departs) => set({ departs })}
          error={flaw('/body/departsAt')}
        />
        <TextField
          label={t('coop.consignment.expectedAt')}
          type="datetime-local"
          value={draft.expected}
          onText={(expected) => set({ expected })}
          error={flaw('/body/expectedAt')}
        />
        <TextField
          label={t('coop.consignment.driverName')}
          optional
          maxLength={30}
          value={draft.driverName}
          onText={(driverName) => set({ driverName })}
        />
        <TextField
          label={t('coop.consignment.driverPhone')}
          optional
          inputMode="tel"
          maxLength={11}
          value={draft.driverPhone}
          onText={(driverPhone) => set({ driverPhone })}
          error={flaw('/body/driverPhone')}
        />
        <NumberField
          label={t('coop.consignment.setPoint')}
          optional
          hint={t('coop.consignment.setPointHint')}
          after="℃"
          min={-40}
          max={40}
          decimals={1}
          value={draft.setPoint}
          onNumber={(setPoint) => set({ setPoint })}
          error={flaw('/body/setPointDeciC')}
        />
        <Select
          label={t('coop.consignment.mode')}
          value={draft.mode}
          options={[
            { value: 'road', label: t('coop.consignment.road') },
            { value: 'rail', label: t('coop.consignment.rail') },
            { value: 'air', label: t('way.air') },
          ]}
          onPick={(mode) => set({ mode })}
        />
      </div>
      <TextArea
        label={t('coop.consignment.note')}
        optional
        maxLength={300}
        rows={2}
        value={draft.note}
        onText={(note) => set({ note })}
      />
    </Card>
  )
}
