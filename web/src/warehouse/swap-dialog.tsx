import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { RadioGroup } from '../kit/field.tsx'

const reasons = ['blocked', 'damaged', 'notFound'] as const
type Props = { code: string; open: boolean; onClose: () => void; onReason: (reason: string) => void }

/** Asks why another lot is taken than the one that expires first. */
export function SwapDialog({ code, open, onClose, onReason }: Props) {
  const [reason, setReason] = useState<(typeof reasons)[number]>('blocked')
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('warehouse.pick.swapTitle')}
      foot={
        <Button tone="main" size="l" full onClick={() => onReason(t(`warehouse.pick.swap.${reason}`))}>
          {t('warehouse.pick.swap', { code: code.slice(0, 24) })}
        </Button>
      }
    >
      <RadioGroup
        label={t('warehouse.short.reason')}
        hideLabel
        value={reason}
        options={reasons.map((value) => ({ value, label: t(`warehouse.pick.swap.${value}`) }))}
        onPick={setReason}
      />
    </Dialog>
  )
}
