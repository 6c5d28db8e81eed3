import type { exceptionKinds } from '@huming/shared/contracts/receiving'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { ReasonDrawer } from '../kit/act-drawer.tsx'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/states.tsx'
import type { ReceiptLine } from './weigh-card.tsx'

type Kind = (typeof exceptionKinds)[number]

/** Rules of the dock that this lot breaks, and who let it pass or may do so. */
export function Exceptions({ consignmentId, line }: { consignmentId: string; line: ReceiptLine }) {
  const broken: Kind[] = [
    ...(line.remainingDays < line.neededDays ? ['life' as const] : []),
    ...(line.trip === 'excursion' ? ['trip' as const] : []),
  ]
  return (
    <>
      {broken.map((kind) => (
        <Broken key={kind} consignmentId={consignmentId} line={line} kind={kind} />
      ))}
    </>
  )
}

/** A sentence while a broken rule still stands in the way. */
export function exceptionLacks(line: ReceiptLine): string | undefined {
  const passed = line.exceptions.map((one) => one.kind)
  if (line.limits.tripLogNeeded && line.trip === 'none') return t('count.tripFirst')
  if (line.trip === 'excursion' && !passed.includes('trip')) return t('count.exceptAsk')
  if (line.remainingDays < line.neededDays && !passed.includes('life')) return t('count.exceptAsk')
  return undefined
}

function Broken({ consignmentId, line, kind }: { consignmentId: string; line: ReceiptLine; kind: Kind }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  const passed = line.exceptions.find((one) => one.kind === kind)
  if (passed) return <Note tone="warn">{t('count.excepted', { by: passed.by, reason: passed.reason })}</Note>
  return (
    <>
      <Note tone="bad">
        {t(`count.except.${kind}`)}
        {kind === 'life' &&
          ` · ${t('count.lifeDays', { left: line.remainingDays, needed: line.neededDays })}`}
        {!may('receipt.except') && ` · ${t('count.exceptAsk')}`}
      </Note>
      {may('receipt.except') && (
        <Button size="l" full icon="shield" onClick={() => setOpen(true)}>
          {t(`count.except.${kind}`)}
        </Button>
      )}
      {open && (
        <Grant
          consignmentId={consignmentId}
          lineId={line.lineId}
          kind={kind}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

type GrantProps = { consignmentId: string; lineId: string; kind: Kind; onClose: () => void }

function Grant({ consignmentId, lineId, kind, onClose }: GrantProps) {
  const [exceptionId] = useState(newId)
  const act = useAct('receiving.grantException', {
    changes: ['receiving.readReceipt'],
    onDone: onClose,
  })
  return (
    <ReasonDrawer
      title={t(`count.except.${kind}`)}
      label={t('count.exceptReason')}
      onClose={onClose}
      act={act}
      save={t('count.except')}
      icon="shield"
      onReason={(reason) =>
        act.mutate({ params: { id: consignmentId, lineId, exceptionId }, body: { kind, reason } })
      }
    />
  )
}
