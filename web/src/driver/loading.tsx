import { useState } from 'react'
import { sentenceOf } from '../app/api.ts'
import { uploadFile } from '../app/files.ts'
import { t } from '../app/i18n.ts'
import { invalidate, useAct } from '../app/query.ts'
import { type Counts, CrateCounts, countsOf } from '../crates/crate-counts.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Note, ProblemNote, ProgressBar } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import type { Run, Stop } from './overlay.ts'
import { PhotoShots, type Shot } from './photo-shots.tsx'
import { TemperatureField } from './temperature-field.tsx'
import { TripCheck } from './trip-check.tsx'
import { zoneText } from './words.ts'

const isAboard = (tote: { status: string }): boolean => tote.status !== 'sealed' && tote.status !== 'open'
const toLoad = (stop: Stop): boolean => stop.toteList.some((tote) => !isAboard(tote))

/** At the dock: totes by scan, the last stop's first; then the box's temperature; then leave. */
export function Loading({ run }: { run: Run }) {
  const [said, setSaid] = useState<{ tone: 'good' | 'warn'; text: string } | null>(null)
  const [preCool, setPreCool] = useState<number | null>(null)
  const [crates, setCrates] = useState<Counts>({})
  const [shots, setShots] = useState<Shot[]>([])
  const load = useAct('delivery.loadTote')
  const depart = useAct('delivery.depart', {
    changes: ['delivery.readRun', 'delivery.myRuns'],
    onDone: ({ temperature }) => temperature === 'reject' && toast(t('driver.preCoolWarm'), { tone: 'warn' }),
  })
  const loaded = run.stops.reduce((sum, stop) => sum + stop.toteList.filter(isAboard).length, 0)
  const scan = async (code: string): Promise<true | string> => {
    try {
      const done = await load.mutateAsync({ params: { id: run.id }, body: { code } })
      setSaid(wordsOf(done))
      invalidate('delivery.')
      return true
    } catch (error) {
      setSaid(null)
      return sentenceOf(error)
    }
  }
  const leave = async () => {
    for (const { id, blob } of shots) await uploadFile(blob, 'own', id)
    await depart.mutateAsync({
      params: { id: run.id },
      body: {
        preCoolDeciC: preCool,
        crates: countsOf(crates),
        photoFileIds: shots.map((shot) => shot.id),
        at: new Date().toISOString(),
      },
    })
  }
  return (
    <>
      <TripCheck run={run} />
      <Card
        title={t('driver.load.title')}
        side={<span className="muted small">{t('driver.load.last')}</span>}
      >
        <ProgressBar label={t('driver.load.progress')} done={loaded} total={run.totes} />
        <NextTote run={run} />
        {loaded < run.totes && <ScanBox label={t('driver.load.scan')} onCode={scan} />}
        {said && <Note tone={said.tone}>{said.text}</Note>}
      </Card>
      {run.coldestZone && (
        <Card title={t('driver.preCool')}>
          <TemperatureField
            label={t('driver.preCool')}
            hint={t('driver.preCoolHint', { zone: zoneText(run.coldestZone) })}
            zone={run.coldestZone}
            value={preCool}
            onValue={setPreCool}
          />
          <PhotoShots shots={shots} onShots={setShots} label={t('driver.preCoolShot')} />
        </Card>
      )}
      {run.crateTypes.length > 0 && (
        <Card title={t('crates.loadTitle')} side={<Aboard run={run} />}>
          <CrateCounts
            types={run.crateTypes}
            counts={crates}
            onCounts={setCrates}
            label={t('crates.loadTitle')}
          />
        </Card>
      )}
      <ToteList run={run} />
      <ProblemNote error={depart.error} />
      <BottomBar>
        <div className="grow">
          <Button
            tone="main"
            size="l"
            icon="truck"
            full
            className="driver-main"
            busy={depart.isPending}
            refused={whyNot(run, { loaded, preCool, shots: shots.length })}
            onClick={() => void leave().catch(toastProblem)}
          >
            {t('driver.depart')}
          </Button>
        </div>
      </BottomBar>
    </>
  )
}

type Ready = { loaded: number; preCool: number | null; shots: number }

function whyNot(run: Run, { loaded, preCool, shots }: Ready): string | undefined {
  if (run.rule?.tripCheck) {
    if (!run.tripCheckedAt) return t('driver.departCheck')
    if (run.tripOpen.length > 0) return t('driver.trip.stops', { items: run.tripOpen.join('、') })
  }
  if (loaded < run.totes) return t('driver.departTotes', { count: run.totes - loaded })
  if (run.coldestZone && preCool === null) return t('driver.departTemperature')
  return run.coldestZone && run.rule?.preCoolPhoto && shots === 0 ? t('driver.departPhoto') : undefined
}

type Loaded = { stopSeq: number; site: string; already: boolean; inOrder: boolean }

function wordsOf({ stopSeq, site, already, inOrder }: Loaded): { tone: 'good' | 'warn'; text: string } {
  if (already) return { tone: 'good', text: t('driver.load.already') }
  if (!inOrder) return { tone: 'warn', text: t('driver.load.order', { seq: stopSeq }) }
  return { tone: 'good', text: t('driver.load.done', { seq: stopSeq, site }) }
}

/** Crates the driver has already: from an earlier run, or counted over by the warehouse. */
function Aboard({ run }: { run: Run }) {
  const count = run.crateTypes.reduce((sum, type) => sum + type.aboard, 0)
  return count > 0 ? <Badge tone="info">{t('crates.aboard', { count })}</Badge> : null
}

function NextTote({ run }: { run: Run }) {
  const next = run.stops.findLast(toLoad)
  if (!next) return <Note tone="good">{t('driver.load.all')}</Note>
  return (
    <p className="driver-next">
      <Icon name="box" size={28} />
      <b>{t('driver.load.next', { seq: next.seq, site: next.site })}</b>
    </p>
  )
}

/** What goes in, in the order of loading. */
function ToteList({ run }: { run: Run }) {
  return (
    <ol className="driver-list" reversed>
      {run.stops.toReversed().map((stop) => (
        <li key={stop.id} className="driver-card" data-closed={!toLoad(stop) || undefined}>
          <span className="driver-stop">
            <span className="driver-seq" aria-hidden="true">
              {stop.seq}
            </span>
            <span className="driver-what">
              <b>{stop.site}</b>
              <span className="row" style={{ ['--gap' as string]: '6px' }}>
                {stop.toteList.map((tote) => (
                  <Badge
                    key={tote.id}
                    tone={isAboard(tote) ? 'good' : 'plain'}
                    {...(isAboard(tote) && { icon: 'check' as const })}
                  >
                    {tote.code} · {zoneText(tote.zone)}
                  </Badge>
                ))}
              </span>
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
