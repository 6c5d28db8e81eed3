import type { refuseReasons } from '@huming/shared/contracts/receiving'
import { baseText } from '@huming/shared/quantity'
import { temperatureText, ZONES, type ZoneFacts } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { locale, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Button } from '../kit/button.tsx'
import { signal } from '../kit/feedback.ts'
import { RadioGroup } from '../kit/field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Line } from './consignment.tsx'
import { NumberPad, type PadField, padNumber } from './number-pad.tsx'
import { entered, entryOf, nameOf, quantityOf, shortQuantityOf, toEnter, zoneName } from './words.ts'

type Reason = (typeof refuseReasons)[number]
const reasons: readonly Reason[] = [
  'missing',
  'damaged',
  'temperature',
  'quality',
  'expired',
  'wrong_goods',
  'papers',
]

/** Counting one lot at the dock. */
export function ReceiveLine() {
  const { id = '', lineId = '' } = useParams<{ id: string; lineId: string }>()
  const query = useApi('supply.readConsignment', { params: { id } })
  return (
    <Loaded query={query}>
      {(one) => {
        const line = one.lines.find((each) => each.id === lineId)
        if (!line) return <EmptyState icon="box" title={t('warehouse.line.notHere')} />
        return <Count key={lineId} consignmentId={id} line={line} />
      }}
    </Loaded>
  )
}

function Count({ consignmentId, line }: { consignmentId: string; line: Line }) {
  const [, go] = useLocation()
  const entry = entryOf(line, line.quantity)
  const [texts, setTexts] = useState<Record<string, string>>({ accepted: toEnter(line.quantity, entry) })
  const [reason, setReason] = useState<Reason | ''>('')
  const [photoFileIds, setPhotos] = useState<string[]>([])
  const act = useAct('receiving.receiveLine', {
    changes: ['supply.readConsignment', 'supply.listConsignments'],
    onDone: () => {
      signal('right')
      toast(t('warehouse.line.done', { name: nameOf(line) }))
      go(`/receive/${consignmentId}`)
    },
  })
  const fields = fieldsOf(line, entry.unit, entry.decimals)
  const read = (key: string) => {
    const field = fields.find((one) => one.key === key)
    return field ? padNumber(texts, field) : null
  }
  const accepted = Math.min(line.quantity, Math.max(0, entered(read('accepted') ?? 0, entry)))
  const refused = line.quantity - accepted
  const tenths = (value: number | null) => (value === null ? null : Math.round(value * 10))
  const grams = (value: number | null) => (value === null ? null : Math.round(value * 1000))
  const surfaceDeciC = tenths(read('surface'))
  const [gross, tare] = [grams(read('gross')), grams(read('tare'))]
  const wanting = missing(line, { accepted, refused, reason, surfaceDeciC })
  const send = () =>
    act.mutate({
      params: { id: consignmentId, lineId: line.id },
      body: {
        accepted,
        refused,
        refuseReason: reason === '' ? null : reason,
        grossGrams: gross,
        tareGrams: tare,
        surfaceDeciC,
        photoFileIds,
      },
    })
  const setAll = (base: number) => setTexts({ ...texts, accepted: toEnter(base, entry) })
  return (
    <>
      <PageHeader
        title={nameOf(line)}
        back={`/receive/${consignmentId}`}
        sub={`${line.spec} · ${zoneName(line.zone)}`}
      />
      <div className="wh-split">
        <Card>
          <LotFacts line={line} />
          <div className="wh-pair">
            <Button size="l" onClick={() => setAll(line.quantity)}>
              {t('warehouse.line.all')}
            </Button>
            <Button size="l" onClick={() => setAll(0)}>
              {t('warehouse.line.none')}
            </Button>
          </div>
          <NumberPad
            fields={fields}
            texts={texts}
            onText={(key, text) => setTexts({ ...texts, [key]: text })}
          />
          {gross !== null && (
            <b>{t('warehouse.line.net', { weight: baseText(gross - (tare ?? 0), 'g', locale()) })}</b>
          )}
          <ProblemNote error={act.error} />
        </Card>
        {refused > 0 && (
          <Card>
            <RadioGroup
              label={t('warehouse.line.reason')}
              value={reason}
              options={reasons.map((value) => ({ value, label: t(`warehouse.refuse.${value}`) }))}
              onPick={setReason}
            />
            <PhotoInput label={t('warehouse.line.photos')} ids={photoFileIds} onIds={setPhotos} max={6} />
          </Card>
        )}
      </div>
      <BottomBar>
        <Button
          tone={accepted === 0 ? 'danger' : 'main'}
          size="l"
          full
          icon="check"
          busy={act.isPending}
          refused={wanting}
          onClick={send}
        >
          {sentence(line, accepted, refused)}
        </Button>
      </BottomBar>
    </>
  )
}

function LotFacts({ line }: { line: Line }) {
  return (
    <div className="stack" style={{ ['--gap' as string]: '4px' }}>
      <span className="wh-code">{line.lotCode}</span>
      <span className="row spread">
        <span>
          {t('warehouse.useBy')} <b className="wh-loud">{line.useByDay}</b>
        </span>
        <span>
          {t('warehouse.line.shipped')} <b className="wh-loud">{quantityOf(line, line.quantity)}</b>
        </span>
      </span>
      {line.certificate && (
        <span className="muted small">
          {t('warehouse.line.certificate')} {line.certificate}
        </span>
      )}
    </div>
  )
}

function fieldsOf(line: Line, unit: string, decimals: number): PadField[] {
  const { reject, readingRequired }: ZoneFacts = ZONES[line.zone]
  const fields: PadField[] = [{ key: 'accepted', label: t('warehouse.line.accepted'), unit, decimals }]
  if (readingRequired)
    fields.push({
      key: 'surface',
      label: t('warehouse.line.surface'),
      unit: '℃',
      decimals: 1,
      signed: true,
      hint: reject ? t('warehouse.line.limit', { limit: temperatureText(reject.above) }) : undefined,
    })
  if (line.catchWeight)
    fields.push(
      { key: 'gross', label: t('warehouse.line.gross'), unit: 'kg', decimals: 3 },
      { key: 'tare', label: t('warehouse.line.tare'), unit: 'kg', decimals: 3 },
    )
  return fields
}

/** What is still wanting before it can be sent. */
function missing(
  line: Line,
  now: { accepted: number; refused: number; reason: string; surfaceDeciC: number | null },
): string | undefined {
  if (now.refused > 0 && now.reason === '') return t('warehouse.line.needReason')
  if (now.accepted > 0 && now.surfaceDeciC === null && ZONES[line.zone].readingRequired)
    return t('warehouse.line.needTemperature')
  return undefined
}

function sentence(line: Line, accepted: number, refused: number): string {
  const [taken, left] = [shortQuantityOf(line, accepted), shortQuantityOf(line, refused)]
  if (accepted === 0) return t('warehouse.line.sendNone', { refused: left })
  if (refused === 0) return t('warehouse.line.send', { quantity: taken })
  return t('warehouse.line.sendPart', { quantity: taken, refused: left })
}
