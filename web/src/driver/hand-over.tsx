import { newId } from '@huming/shared/ids'
import { coldestOf, judgeHandOver, missingProof } from '@huming/shared/proof'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { type Counts, CrateCounts } from '../crates/crate-counts.tsx'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { SignaturePad } from '../kit/signature-pad.tsx'
import { Note } from '../kit/states.tsx'
import { FailDrawer } from './fail-drawer.tsx'
import { Goods, type Line, lineKey } from './goods.tsx'
import { keepAct } from './outbox.ts'
import type { Run, Stop } from './overlay.ts'
import { PhotoShots, type Shot } from './photo-shots.tsx'
import { type Refusal, RefuseDrawer } from './refuse-drawer.tsx'
import { TemperatureField } from './temperature-field.tsx'
import { zoneText } from './words.ts'

type Draft = {
  refusals: Readonly<Record<string, Refusal>>
  receiverName: string
  signature: Shot | null
  photos: Shot[]
  temperatureDeciC: number | null
  cratesOut: Counts
  cratesBack: Counts
}

const nothing: Refusal = { refused: 0, reason: null }

/** The hand-over: goods with what is refused, temperature, crates, proof; then one press. */
export function HandOver({ run, stop }: { run: Run; stop: Stop }) {
  const me = useMe()
  const [draft, setDraft] = useState<Draft>(() => ({
    refusals: {},
    receiverName: stop.keyDrop ? '' : stop.contactName,
    signature: null,
    photos: [],
    temperatureDeciC: null,
    cratesOut: {},
    cratesBack: {},
  }))
  const [refusing, setRefusing] = useState<Line | null>(null)
  const [failing, setFailing] = useState(false)
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const refusalOf = (line: Line): Refusal => refusalIn(draft, line)
  const body = bodyOf(stop, draft)
  const hand = handOf(stop, draft)
  const missing = missingProof(hand)
  const deliver = () =>
    keepAct({ personId: me.person.id, runId: run.id, stop }, { kind: 'deliver', body }, [
      ...(draft.signature ? [draft.signature] : []),
      ...draft.photos,
    ])
  return (
    <>
      <Goods stop={stop} refusedOf={refusalOf} onRefuse={setRefusing} />
      <Readings run={run} stop={stop} draft={draft} set={set} tooWarm={judgeHandOver(hand) === 'reject'} />
      <Proof stop={stop} draft={draft} set={set} />
      <Button size="l" tone="quiet" icon="warning" full onClick={() => setFailing(true)}>
        {t('driver.fail')}
      </Button>
      <BottomBar>
        <div className="grow">
          <Button
            tone="main"
            size="l"
            icon="check"
            full
            className="driver-main"
            refused={
              missing
                ? t(`driver.need.${missing === 'temperatureDeciC' ? 'temperature' : missing}`)
                : undefined
            }
            onClick={() => void deliver()}
          >
            {t('driver.deliver')}
          </Button>
        </div>
      </BottomBar>
      {refusing && (
        <RefuseDrawer
          line={refusing}
          refusal={refusalOf(refusing)}
          onClose={() => setRefusing(null)}
          onSave={(refusal) => {
            set({ refusals: { ...draft.refusals, [lineKey(refusing)]: refusal } })
            setRefusing(null)
          }}
        />
      )}
      <FailDrawer run={run} stop={stop} open={failing} onClose={() => setFailing(false)} />
    </>
  )
}

/** What comes back of a line; of recalled goods all, whatever was chosen before the recall was known. */
const refusalIn = (draft: Draft, line: Line): Refusal =>
  line.barred ? { refused: line.quantity, reason: 'recalled' } : (draft.refusals[lineKey(line)] ?? nothing)

function linesOf(stop: Stop, draft: Draft) {
  return stop.goods
    .flatMap((order) => order.lines)
    .map((line) => {
      const { refused, reason } = refusalIn(draft, line)
      const { orderLineId, lotId, zone } = line
      return { orderLineId, lotId, zone, delivered: line.quantity - refused, refused, reason }
    })
}

const handOf = (stop: Stop, draft: Draft) => ({
  keyDrop: stop.keyDrop,
  lines: linesOf(stop, draft),
  receiverName: draft.receiverName,
  signatureFileId: draft.signature?.id ?? null,
  photoFileIds: draft.photos.map((photo) => photo.id),
  temperatureDeciC: draft.temperatureDeciC,
})

function bodyOf(stop: Stop, draft: Draft) {
  const { keyDrop: _keyDrop, lines, ...proof } = handOf(stop, draft)
  return { ...proof, crates: cratesOf(draft), lines: lines.map(({ zone: _zone, ...line }) => line) }
}

/** Both counts by type, as the request wants them. */
function cratesOf({ cratesOut, cratesBack }: Draft) {
  const typeIds = [...new Set([...Object.keys(cratesOut), ...Object.keys(cratesBack)])]
  return typeIds
    .map((typeId) => ({ typeId, out: cratesOut[typeId] ?? 0, back: cratesBack[typeId] ?? 0 }))
    .filter(({ out, back }) => out > 0 || back > 0)
}

type PartProps = { stop: Stop; draft: Draft; set: (part: Partial<Draft>) => void }

function Readings({ run, stop, draft, set, tooWarm }: PartProps & { run: Run; tooWarm: boolean }) {
  const coldest = coldestOf(stop.zones)
  return (
    <>
      {coldest && (
        <Card title={t('driver.temperature')}>
          <TemperatureField
            label={t('driver.temperature')}
            hint={t('driver.temperatureHint', { zone: zoneText(coldest) })}
            zone={coldest}
            value={draft.temperatureDeciC}
            onValue={(temperatureDeciC) => set({ temperatureDeciC })}
          />
          {tooWarm && <Note tone="bad">{t('driver.temperatureReject')}</Note>}
        </Card>
      )}
      <Card title={t('driver.crates')}>
        <div className="driver-crates">
          {(['cratesOut', 'cratesBack'] as const).map((key) => (
            <div key={key} className="stack" style={{ ['--gap' as string]: '8px' }}>
              <b>{t(`driver.${key}`)}</b>
              <CrateCounts
                types={run.crateTypes}
                counts={draft[key]}
                onCounts={(counts) => set({ [key]: counts })}
                label={t(`driver.${key}`)}
              />
            </div>
          ))}
        </div>
      </Card>
    </>
  )
}

function Proof({ stop, draft, set }: PartProps) {
  return (
    <Card title={t('driver.proof')}>
      {!stop.keyDrop && (
        <>
          <TextField
            label={t('driver.receiver')}
            size="l"
            maxLength={40}
            value={draft.receiverName}
            onText={(receiverName) => set({ receiverName })}
          />
          <SignaturePad
            label={t('driver.signature')}
            onSigned={(blob) => set({ signature: blob && { id: newId(), blob } })}
          />
        </>
      )}
      <PhotoShots shots={draft.photos} onShots={(photos) => set({ photos })} />
    </Card>
  )
}
