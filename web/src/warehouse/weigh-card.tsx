import { newId } from '@huming/shared/ids'
import { baseText } from '@huming/shared/quantity'
import { useState } from 'react'
import { locale, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { type Counts, CrateCounts, countsOf, useCrateTypes } from '../crates/crate-counts.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button, IconButton } from '../kit/button.tsx'
import { signal } from '../kit/feedback.ts'
import { Card } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { NumberPad, type PadField, padNumber } from './number-pad.tsx'
import type { Receipt } from './trip-check.tsx'
import './dock-texts.ts'

export type ReceiptLine = Receipt['lines'][number]
type Weighing = ReceiptLine['weighings'][number]

const kg = (grams: number): string => baseText(grams, 'g', locale())

interface CardProps {
  consignmentId: string
  line: ReceiptLine
  /** What was shipped by its nominal weight, and how far it may be off. */
  pack: { quantity: number; toleranceBp: number }
}

/** The scale: gross, crates, other tare; each weighing is kept at once, so that nothing is lost with the battery. */
export function WeighCard({ consignmentId, line, pack }: CardProps) {
  const types = useCrateTypes().filter((type) => type.closedAt === null)
  const [id, setId] = useState(newId)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [counts, setCounts] = useState<Counts>({})
  const act = useAct('receiving.weigh', {
    changes: ['receiving.readReceipt'],
    onDone: () => {
      signal('right')
      setTexts({})
      setCounts({})
      setId(newId())
    },
  })
  const gross: PadField = { key: 'gross', label: t('weigh.gross'), unit: 'kg', decimals: 3 }
  const other: PadField = { key: 'other', label: t('weigh.other'), unit: 'kg', decimals: 3 }
  const grams = (field: PadField) => Math.round((padNumber(texts, field) ?? 0) * 1000)
  const tare = grams(other) + types.reduce((sum, type) => sum + type.tareGrams * (counts[type.id] ?? 0), 0)
  const net = grams(gross) - tare
  const off = Math.floor((pack.quantity * pack.toleranceBp) / 10_000)
  return (
    <Card
      title={t('weigh.title')}
      side={
        line.netGrams !== null && (
          <b>{t('weigh.sum', { net: kg(line.netGrams), tare: kg(line.tareGrams ?? 0) })}</b>
        )
      }
    >
      <div className="stack">
        <span className="muted small">
          {t('weigh.expect', { min: kg(pack.quantity - off), max: kg(pack.quantity + off) })}
        </span>
        {line.weighings.length === 0 && <span className="muted">{t('weigh.none')}</span>}
        <ul className="stack" style={{ ['--gap' as string]: '4px' }}>
          {line.weighings.map((weighing) => (
            <WeighingRow
              key={weighing.id}
              at={{ id: consignmentId, lineId: line.lineId }}
              weighing={weighing}
            />
          ))}
        </ul>
        <NumberPad
          fields={[gross, other]}
          texts={texts}
          onText={(key, text) => setTexts({ ...texts, [key]: text })}
        />
        <CrateCounts types={types} counts={counts} onCounts={setCounts} label={t('weigh.crates')} />
        <ProblemNote error={act.error} />
        <Button
          size="l"
          full
          icon="scale"
          busy={act.isPending}
          refused={net <= 0 ? t('weigh.gross') : undefined}
          onClick={() =>
            act.mutate({
              params: { id: consignmentId, lineId: line.lineId, weighingId: id },
              body: { grossGrams: grams(gross), otherTareGrams: grams(other), crates: countsOf(counts) },
            })
          }
        >
          {t('weigh.add')} · {t('weigh.net')} {kg(Math.max(0, net))}
        </Button>
      </div>
    </Card>
  )
}

function WeighingRow({ at, weighing }: { at: { id: string; lineId: string }; weighing: Weighing }) {
  const act = useAct('receiving.strikeWeighing', { changes: ['receiving.readReceipt'] })
  const { grossGrams, tareGrams, netGrams, struckAt } = weighing
  return (
    <li className="row spread">
      <span className={struckAt ? 'muted' : ''}>
        {t('weigh.one', { gross: kg(grossGrams), tare: kg(tareGrams), net: kg(netGrams) })}
      </span>
      {struckAt ? (
        <Badge tone="plain">{t('weigh.struck')}</Badge>
      ) : (
        <IconButton
          icon="trash"
          label={t('weigh.strike')}
          onClick={() =>
            act.mutate({ params: { ...at, weighingId: weighing.id } }, { onError: toastProblem })
          }
        />
      )}
    </li>
  )
}
