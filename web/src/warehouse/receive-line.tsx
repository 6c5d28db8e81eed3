import { serviceDayOf } from '@huming/shared/days'
import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { signal } from '../kit/feedback.ts'
import { Icon } from '../kit/icon.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { Line } from './consignment.tsx'
import { Exceptions, exceptionLacks } from './exception.tsx'
import { NumberPad, type PadField, padNumber } from './number-pad.tsx'
import { noRefusal, type Refusal, RefusedCard, refusalLacks } from './refused-card.tsx'
import { SecondCount } from './second-count.tsx'
import { type ReceiptLine, WeighCard } from './weigh-card.tsx'
import { entered, entryOf, nameOf, quantityOf, shortQuantityOf, toEnter, zoneName } from './words.ts'
import '../papers/papers.css'
import '../papers/texts.ts'
import './dock-texts.ts'

/** Counting one lot at the dock. */
export function ReceiveLine() {
  const { id = '', lineId = '' } = useParams<{ id: string; lineId: string }>()
  const query = useApi('supply.readConsignment', { params: { id } })
  const receipt = useApi('receiving.readReceipt', { params: { id } })
  return (
    <Loaded query={query}>
      {(one) => (
        <Loaded query={receipt}>
          {(found) => {
            const line = one.lines.find((each) => each.id === lineId)
            const noted = found.lines.find((each) => each.lineId === lineId)
            if (!line || !noted) return <EmptyState icon="box" title={t('warehouse.line.notHere')} />
            if (noted.count && line.receivedAt === null)
              return <SecondCount consignmentId={id} line={line} receipt={noted} />
            return <Count key={lineId} consignmentId={id} line={line} receipt={noted} />
          }}
        </Loaded>
      )}
    </Loaded>
  )
}

type CountProps = { consignmentId: string; line: Line; receipt: ReceiptLine }

function Count({ consignmentId, line, receipt }: CountProps) {
  const [, go] = useLocation()
  const entry = entryOf(line, line.quantity)
  const [texts, setTexts] = useState<Record<string, string>>({ accepted: toEnter(line.quantity, entry) })
  const [refusal, setRefusal] = useState<Refusal>(noRefusal)
  const [step, setStep] = useState<Step>(line.catchWeight && receipt.netGrams === null ? 'weigh' : 'count')
  const [today] = useState(() => serviceDayOf(new Date()))
  const act = useAct('receiving.receiveLine', {
    changes: ['supply.readConsignment', 'receiving.readReceipt', 'supply.listConsignments'],
    onDone: (done) => {
      signal('right')
      const waits = done.lines.some((one) => one.id === line.id && one.receivedAt === null)
      toast(waits ? t('count.sentToSecond') : t('warehouse.line.done', { name: nameOf(line) }))
      go(`/receive/${consignmentId}`)
    },
  })
  const fields = fieldsOf(receipt, entry, texts)
  const read = (key: string) => {
    const field = fields.find((one) => one.key === key)
    return field ? padNumber(texts, field) : null
  }
  const tenths = (key: string) => {
    const value = read(key)
    return value === null ? null : Math.round(value * 10)
  }
  const accepted = Math.min(line.quantity, Math.max(0, entered(read('accepted') ?? 0, entry)))
  const refused = line.quantity - accepted
  const surfaceDeciC = tenths('surface')
  const wanting = lacks({ line, receipt, accepted, refused, surfaceDeciC, refusal })
  const send = () =>
    act.mutate({
      params: { id: consignmentId, lineId: line.id },
      body: {
        accepted,
        refused,
        refuseReason: refusal.reason || null,
        refusedTo: refusal.fate || null,
        disposal: refusal.disposal.trim(),
        surfaceDeciC,
        coreDeciC: tenths('core'),
        photoFileIds: refusal.photoFileIds,
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
      {line.catchWeight && <Steps step={step} onStep={setStep} />}
      {step === 'weigh' && <WeighCard consignmentId={consignmentId} line={receipt} pack={line} />}
      {step === 'count' && (
        <div className="wh-split">
          <Card>
            <LotFacts line={line} receipt={receipt} />
            <Exceptions consignmentId={consignmentId} line={receipt} />
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
            <ProblemNote error={act.error} />
          </Card>
          {refused > 0 && (
            <RefusedCard
              refusal={refusal}
              expired={line.useByDay < today}
              onRefusal={(part) => setRefusal({ ...refusal, ...part })}
            />
          )}
        </div>
      )}
      <BottomBar>
        {step === 'weigh' ? (
          <Button
            tone="main"
            size="l"
            full
            icon="right"
            refused={receipt.netGrams === null ? t('weigh.need') : undefined}
            onClick={() => setStep('count')}
          >
            {t('count.step.count')}
          </Button>
        ) : (
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
        )}
      </BottomBar>
    </>
  )
}

type Step = 'weigh' | 'count'

/** Goods to be weighed go over the scale first. */
function Steps({ step, onStep }: { step: Step; onStep: (step: Step) => void }) {
  return (
    <Segmented
      label={t('count.step')}
      value={step}
      options={(['weigh', 'count'] as const).map((value) => ({ value, label: t(`count.step.${value}`) }))}
      onPick={onStep}
    />
  )
}

function LotFacts({ line, receipt }: { line: Line; receipt: ReceiptLine }) {
  const { remainingDays: left, neededDays: needed } = receipt
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
      <span className="row">
        <span className="muted small">
          {t('count.life')} {t('count.lifeDays', { left, needed })}
        </span>
        {receipt.secondWhy.map((why) => (
          <Badge key={why} tone="warn">
            {t('count.second')} · {t(`count.second.${why}`)}
          </Badge>
        ))}
      </span>
      {line.certificate && (
        <span className="muted small">
          {t('warehouse.line.certificate')} {line.certificate}
        </span>
      )}
      <Link to={`/lots/${line.lotId}/papers`} className="papers-link">
        <Icon name="document" size={18} />
        {t('papers.lot.title')}
      </Link>
    </div>
  )
}

/** The core is measured when the surface is in doubt. */
function fieldsOf(
  { limits }: ReceiptLine,
  { unit, decimals }: { unit: string; decimals: number },
  texts: Readonly<Record<string, string>>,
): PadField[] {
  const { surfaceMaxDeciC, coreMaxDeciC } = limits
  const fields: PadField[] = [{ key: 'accepted', label: t('warehouse.line.accepted'), unit, decimals }]
  const degrees = { unit: '℃', decimals: 1, signed: true }
  if (surfaceMaxDeciC === null) return fields
  const surface: PadField = {
    key: 'surface',
    label: t('warehouse.line.surface'),
    ...degrees,
    hint: t('warehouse.line.limit', { limit: temperatureText(surfaceMaxDeciC) }),
  }
  fields.push(surface)
  const read = padNumber(texts, surface)
  if (coreMaxDeciC !== null && read !== null && read * 10 > surfaceMaxDeciC)
    fields.push({
      key: 'core',
      label: t('count.core'),
      ...degrees,
      hint: t('count.coreHint', { limit: temperatureText(coreMaxDeciC) }),
    })
  return fields
}

interface Now {
  line: Line
  receipt: ReceiptLine
  accepted: number
  refused: number
  surfaceDeciC: number | null
  refusal: Refusal
}

/** What is still wanting before it can be sent. */
function lacks({ line, receipt, accepted, refused, surfaceDeciC, refusal }: Now): string | undefined {
  if (refused > 0) {
    const lacking = refusalLacks(refusal)
    if (lacking) return lacking
  }
  if (accepted === 0) return undefined
  const standing = exceptionLacks(receipt)
  if (standing) return standing
  if (receipt.limits.surfaceMaxDeciC !== null && surfaceDeciC === null)
    return t('warehouse.line.needTemperature')
  return line.catchWeight && receipt.netGrams === null ? t('weigh.need') : undefined
}

function sentence(line: Line, accepted: number, refused: number): string {
  const [taken, left] = [shortQuantityOf(line, accepted), shortQuantityOf(line, refused)]
  if (accepted === 0) return t('warehouse.line.sendNone', { refused: left })
  if (refused === 0) return t('warehouse.line.send', { quantity: taken })
  return t('warehouse.line.sendPart', { quantity: taken, refused: left })
}
