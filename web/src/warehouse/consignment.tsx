import { readScan } from '@huming/shared/identifiers/gs1-scan'
import { temperatureText } from '@huming/shared/reference/zones'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Icon } from '../kit/icon.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Loaded, Note, ProblemNote, ProgressBar } from '../kit/states.tsx'
import { Finish } from './finish-card.tsx'
import { NumberPad, padNumber } from './number-pad.tsx'
import { type Receipt, TripCheck } from './trip-check.tsx'
import type { ReceiptLine } from './weigh-card.tsx'
import { momentWords, nameOf, quantityOf, zoneName } from './words.ts'
import './dock-texts.ts'

export type Consignment = Reply<'supply.readConsignment'>
export type Line = Consignment['lines'][number]

/** One consignment at the dock: it arrives, its trip is looked at, its lots are counted one by one, the receipt is closed. */
export function Consignment() {
  const { id = '' } = useParams<{ id: string }>()
  const query = useApi('supply.readConsignment', { params: { id } })
  const receipt = useApi('receiving.readReceipt', { params: { id } })
  useLive(['consignment.', 'lot.', 'receipt.'], ['supply.readConsignment', 'receiving.readReceipt'])
  return (
    <Loaded query={query}>
      {(one) => (
        <>
          <PageHeader
            title={one.supplier}
            back="/receive"
            sub={
              <>
                {t('warehouse.receive.number', { number: one.number })}
                <StatusChip of="consignment" status={one.status} />
              </>
            }
          />
          <div className="stack">
            {one.status === 'shipped' && <Arrive one={one} />}
            {receipt.data && one.status !== 'shipped' && (
              <TripCheck receipt={receipt.data} open={one.status === 'arrived'} />
            )}
            {one.status !== 'shipped' && <Lines one={one} receipt={receipt.data} />}
            <About one={one} />
            {one.status === 'arrived' && receipt.data && <Finish one={one} receipt={receipt.data} />}
          </div>
        </>
      )}
    </Loaded>
  )
}

function About({ one }: { one: Consignment }) {
  const degrees = (deci: number | null) => (deci === null ? null : temperatureText(deci))
  return (
    <Card>
      <Facts
        of={[
          [t('warehouse.receive.plate'), one.plate],
          [t('warehouse.receive.driver'), [one.driverName, one.driverPhone].filter(Boolean).join(' · ')],
          [
            t('warehouse.receive.seal'),
            one.sealOk
              ? `${one.sealNumber} · ${textOf(`warehouse.arrive.seal.${one.sealOk}`, '')}`
              : one.sealNumber,
          ],
          [t('warehouse.receive.setPoint'), degrees(one.setPointDeciC)],
          [t('warehouse.receive.arrivedAt'), momentWords(one.arrivedAt)],
          [t('warehouse.receive.airTemperature'), degrees(one.arrivalDeciC)],
          [t('warehouse.receive.note'), one.note],
        ]}
      />
    </Card>
  )
}

function Arrive({ one }: { one: Consignment }) {
  const [sealOk, setSealOk] = useState<'ok' | 'broken' | 'none'>('ok')
  const [texts, setTexts] = useState<Record<string, string>>({})
  const act = useAct('receiving.arrive', { changes: ['supply.readConsignment', 'supply.listConsignments'] })
  const may = useMay()
  const air = { key: 'air', label: t('warehouse.arrive.air'), unit: '℃', decimals: 1, signed: true }
  const degrees = padNumber(texts, air)
  const send = () =>
    act.mutate({
      params: { id: one.id },
      body: { sealOk, airDeciC: degrees === null ? null : Math.round(degrees * 10) },
    })
  if (!may('receipt.write'))
    return <Note>{t('warehouse.receive.expected', { at: momentWords(one.expectedAt) })}</Note>
  return (
    <Card title={t('warehouse.arrive.title')}>
      <RadioGroup
        label={`${t('warehouse.arrive.seal')} ${one.sealNumber}`}
        value={sealOk}
        options={(['ok', 'broken', 'none'] as const).map((value) => ({
          value,
          label: t(`warehouse.arrive.seal.${value}`),
        }))}
        onPick={setSealOk}
      />
      <NumberPad fields={[air]} texts={texts} onText={(key, text) => setTexts({ ...texts, [key]: text })} />
      <ProblemNote error={act.error} />
      <Button tone="main" size="l" full icon="check" busy={act.isPending} onClick={send}>
        {t('warehouse.arrive.send')}
      </Button>
    </Card>
  )
}

/** The line whose lot a label names: the lot of a GS1 code, or its code anywhere in what was scanned. */
function lineNamed(lines: readonly Line[], code: string): Line | undefined {
  const scan = readScan(code)
  const lot = scan.ok && scan.lot !== null ? scan.lot.toUpperCase() : null
  const exact = lines.find((line) => line.lotCode.toUpperCase() === lot)
  return exact ?? lines.find((line) => code.toUpperCase().includes(line.lotCode.toUpperCase()))
}

type LinesProps = { one: Consignment; receipt: Receipt | undefined }

function Lines({ one, receipt }: LinesProps) {
  const [, go] = useLocation()
  const open = (code: string): true | string => {
    const line = lineNamed(one.lines, code)
    if (!line) return t('warehouse.line.notHere')
    go(`/receive/${one.id}/${line.id}`)
    return true
  }
  return (
    <>
      <ProgressBar label={t('warehouse.receive.progress')} done={one.receivedLines} total={one.lineCount} />
      {one.status === 'arrived' && one.receivedLines < one.lineCount && (
        <ScanBox label={t('warehouse.line.scan')} onCode={open} />
      )}
      <ul className="cards" style={{ ['--card' as string]: '320px' }}>
        {one.lines.map((line) => (
          <li key={line.id}>
            <LineCard
              one={one}
              line={line}
              receipt={receipt?.lines.find((each) => each.lineId === line.id)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

type CardProps = { one: Consignment; line: Line; receipt: ReceiptLine | undefined }

function LineCard({ one, line, receipt }: CardProps) {
  const may = useMay()
  const body = (
    <>
      <span className="row spread">
        <b className="wh-loud">{nameOf(line)}</b>
        <Badge tone="info">{zoneName(line.zone)}</Badge>
      </span>
      <span className="muted">{line.spec}</span>
      <span className="wh-code">{line.lotCode}</span>
      <span className="row spread">
        <span>
          {t('warehouse.useBy')} <b>{line.useByDay}</b>
        </span>
        <b className="wh-loud">{quantityOf(line, line.quantity)}</b>
      </span>
      {!line.receivedAt && receipt && <ToWatch receipt={receipt} />}
      {line.receivedAt && (
        <span className="row">
          <Badge tone="good" icon="check">
            {t('warehouse.line.received')} {quantityOf(line, line.receivedQuantity ?? 0)}
          </Badge>
          {line.refusedQuantity > 0 && (
            <Badge tone="bad">
              {t('warehouse.line.refused')} {quantityOf(line, line.refusedQuantity)} ·{' '}
              {textOf(`warehouse.refuse.${line.refuseReason}`, line.refuseReason ?? '')}
            </Badge>
          )}
        </span>
      )}
    </>
  )
  if (line.receivedAt || one.status !== 'arrived' || !may('receipt.write')) {
    return (
      <div className="wh-card" data-done={line.receivedAt ? '' : undefined}>
        {body}
      </div>
    )
  }
  return (
    <Link to={`/receive/${one.id}/${line.id}`} className="wh-card">
      {body}
      <span className="wh-go">
        {t(receipt?.count ? 'count.confirmTitle' : 'warehouse.line.open')} <Icon name="right" />
      </span>
    </Link>
  )
}

/** What the one who counts should know before. */
function ToWatch({ receipt }: { receipt: ReceiptLine }) {
  const short = receipt.remainingDays < receipt.neededDays
  if (!receipt.count && receipt.secondWhy.length === 0 && !short && receipt.trip !== 'excursion') return null
  return (
    <span className="row">
      {receipt.count && (
        <Badge tone="warn" icon="people">
          {t('count.waiting')}
        </Badge>
      )}
      {!receipt.count && receipt.secondWhy.length > 0 && (
        <Badge tone="info" icon="people">
          {t('count.second')}
        </Badge>
      )}
      {short && (
        <Badge tone="bad">
          {t('count.lifeDays', { left: receipt.remainingDays, needed: receipt.neededDays })}
        </Badge>
      )}
      {receipt.trip === 'excursion' && <Badge tone="bad">{t('trip.verdict.excursion')}</Badge>}
    </span>
  )
}
