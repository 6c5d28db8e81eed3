import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { type Counts, CrateCounts, countsOf, useCrateTypes } from '../crates/crate-counts.tsx'
import { Button } from '../kit/button.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import type { Consignment } from './consignment.tsx'
import type { Receipt } from './trip-check.tsx'
import './dock-texts.ts'

/** The end of a receipt: crates that came and went back are counted, then it is closed. */
export function Finish({ one, receipt }: { one: Consignment; receipt: Receipt }) {
  const types = useCrateTypes().filter((type) => type.closedAt === null)
  const [cratesIn, setIn] = useState<Counts>(() => weighedCrates(receipt))
  const [cratesBack, setBack] = useState<Counts>({})
  const act = useAct('receiving.finish', {
    changes: [
      'supply.readConsignment',
      'supply.listConsignments',
      'receiving.readReceipt',
      'receiving.listPutAway',
    ],
    onDone: () => toast(t('warehouse.finish.done')),
  })
  const may = useMay()
  const open = one.lineCount - one.receivedLines
  if (!may('receipt.write')) return null
  const body = { cratesIn: countsOf(cratesIn), cratesBack: countsOf(cratesBack) }
  return (
    <>
      {open === 0 && types.length > 0 && (
        <Card title={t('finish.crates')}>
          <div className="wh-split">
            <div className="stack">
              <b>{t('finish.cratesIn')}</b>
              <CrateCounts types={types} counts={cratesIn} onCounts={setIn} label={t('finish.cratesIn')} />
            </div>
            <div className="stack">
              <b>{t('finish.cratesBack')}</b>
              <CrateCounts
                types={types}
                counts={cratesBack}
                onCounts={setBack}
                label={t('finish.cratesBack')}
              />
            </div>
          </div>
        </Card>
      )}
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          icon="check"
          busy={act.isPending}
          refused={open > 0 ? t('warehouse.finish.open', { open }) : undefined}
          onClick={() => act.mutate({ params: { id: one.id }, body }, { onError: toastProblem })}
        >
          {t('warehouse.finish.send')}
        </Button>
      </BottomBar>
    </>
  )
}

/** Crates on the scale are a first guess of how many came. */
function weighedCrates(receipt: Receipt): Counts {
  const counts: Record<string, number> = {}
  for (const line of receipt.lines)
    for (const weighing of line.weighings)
      if (weighing.struckAt === null)
        for (const { typeId, count } of weighing.crates) counts[typeId] = (counts[typeId] ?? 0) + count
  return counts
}
