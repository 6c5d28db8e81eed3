import { temperatureText } from '@huming/shared/reference/zones'
import { type ReactNode, useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { fileAddress } from '../app/files.ts'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMe } from '../app/session.ts'
import { Quantity } from '../kit/amount.tsx'
import { StatusChip } from '../kit/badge.tsx'
import { Button, FileLink } from '../kit/button.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { CorrectForm } from './correct-form.tsx'
import { momentText } from './words.ts'
import './texts.ts'

type Stop = Reply<'delivery.readRun'>['stops'][number]

/** What every door of a run proves, with what was put right afterwards, for the desk. */
export function RunProofs() {
  const { id } = useParams<{ id: string }>()
  const run = useApi('delivery.readRun', { params: { id } })
  return (
    <>
      <PageHeader
        title={t('proof.title')}
        sub={
          run.data && `${t('cold.run', { seq: run.data.seq })} · ${run.data.plate} · ${run.data.driver ?? ''}`
        }
        back="/after-run"
      />
      <Loaded query={run}>
        {({ stops }) => (
          <div className="stack">
            {stops.map((stop) => (
              <StopProof key={stop.id} stop={stop} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

function StopProof({ stop }: { stop: Stop }) {
  const [open, setOpen] = useState(false)
  return (
    <Card title={`${stop.seq} ${stop.site}`} side={<StatusChip of="stop" status={stop.status} />}>
      <div className="stack">
        <Facts of={factsOf(stop)} />
        <Files stop={stop} />
        {stop.corrections.map((one) => (
          <p key={one.id}>
            <b>{t('proof.corrections')}</b> {one.text}
            <br />
            <span className="muted small">{t('cold.by', { who: one.by, time: momentText(one.at) })}</span>
          </p>
        ))}
        {stop.finishedAt && (
          <div className="row">
            <Button
              size="l"
              aria-label={t('proof.correctOf', { site: stop.site })}
              onClick={() => setOpen(true)}
            >
              {t('proof.correct')}
            </Button>
          </div>
        )}
      </div>
      {open && <CorrectForm stop={stop} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function factsOf(stop: Stop): [string, ReactNode][] {
  const { arrivedAt, finishedAt, metresOff, temperatureDeciC, cratesOut, cratesBack } = stop
  const refused = stop.goods.flatMap((order) => order.lines).filter((line) => line.refused > 0)
  return [
    [t('proof.arrived'), arrivedAt && `${momentText(arrivedAt)} · ${placeText(metresOff)}`],
    [t('proof.closed'), finishedAt && momentText(finishedAt)],
    [t('proof.receiver'), stop.receiverName],
    [t('proof.temperature'), temperatureDeciC === null ? null : temperatureText(temperatureDeciC)],
    [
      t('proof.crates'),
      cratesOut + cratesBack > 0 ? t('proof.cratesOf', { out: cratesOut, back: cratesBack }) : null,
    ],
    [
      t('proof.lines'),
      refused.length > 0 ? refused.map((line) => <RefusedLine key={line.lotId} line={line} />) : null,
    ],
    [t('proof.note'), stop.note],
  ]
}

const placeText = (metres: number | null): string =>
  metres === null ? t('proof.noPlace') : t('proof.place', { metres })

function RefusedLine({ line }: { line: Stop['goods'][number]['lines'][number] }) {
  const packing = {
    baseUnit: line.baseUnit,
    conversions: [{ unit: line.orderUnit, size: line.basePerOrderUnit }],
  }
  return (
    <div>
      {named({ zh: line.name, en: line.nameEn })}{' '}
      <Quantity base={line.refused} unit={line.orderUnit} packing={packing} />
    </div>
  )
}

/** Signature and photos: the carrier's files, which operations may open. */
function Files({ stop }: { stop: Stop }) {
  const me = useMe()
  if (me.org.kind !== 'operations') return null
  return (
    <div className="row">
      {stop.signatureFileId && (
        <FileLink href={fileAddress(stop.signatureFileId)} icon="edit">
          {t('proof.signature')}
        </FileLink>
      )}
      {stop.photoFileIds.map((id, i) => (
        <FileLink key={id} href={fileAddress(id)} icon="camera">
          {t('proof.photo', { n: i + 1 })}
        </FileLink>
      ))}
    </div>
  )
}
