import { judgeTemperature, type Zone } from '@huming/shared/reference/zones'
import { comma, t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { type Counts, CrateCounts, countsOf } from '../crates/crate-counts.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { Skeleton } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { useKeptDraft } from './kept-draft.ts'
import { aboardOf, LoadTotes, ToteList } from './load-totes.tsx'
import { OdometerCard, useOdometer } from './odometer-card.tsx'
import { keepRunAct } from './outbox.ts'
import { type Run, tripNow } from './overlay.ts'
import { PhotoShots, type Shot } from './photo-shots.tsx'
import { TemperatureField } from './temperature-field.tsx'
import { TripCheck } from './trip-check.tsx'
import { runText, zoneText } from './words.ts'

type Leaving = { preCool: number | null; crates: Counts; shots: Shot[] }
type PartProps = { run: Run; draft: Leaving; set: (part: Partial<Leaving>) => void }

/** At the dock: the check, a trip's totes by scan, the box's temperature; then leave. Works without a network. */
export function Loading({ run }: { run: Run }) {
  const trip = tripNow(run)
  const about = trip > 1 ? `${run.id}/${trip}` : run.id
  const [draft, set] = useKeptDraft<Leaving>(about, { preCool: null, crates: {}, shots: [] })
  const [odometer, setOdometer] = useOdometer(run)
  if (!draft || !odometer) return <Skeleton lines={5} height={72} />
  const parts = { run, draft, set }
  return (
    <>
      {trip === 1 && <TripCheck run={run} />}
      <LoadTotes run={run} />
      <PreCool {...parts} />
      {run.crateTypes.length > 0 && (
        <Card title={t('crates.loadTitle')} side={<Aboard run={run} />}>
          <CrateCounts
            types={run.crateTypes}
            counts={draft.crates}
            onCounts={(crates) => set({ crates })}
            label={t('crates.loadTitle')}
          />
        </Card>
      )}
      {trip === 1 && <OdometerCard odometer={odometer} set={setOdometer} />}
      <ToteList run={run} />
      <Leave {...parts} outKm={trip === 1 ? odometer.outKm : null} />
    </>
  )
}

function PreCool({ run, draft, set }: PartProps) {
  if (!run.coldestZone) return null
  return (
    <Card title={t('driver.preCool')}>
      <TemperatureField
        label={t('driver.preCool')}
        hint={t('driver.preCoolHint', { zone: zoneText(run.coldestZone) })}
        zone={run.coldestZone}
        value={draft.preCool}
        onValue={(preCool) => set({ preCool })}
      />
      <PhotoShots shots={draft.shots} onShots={(shots) => set({ shots })} label={t('driver.preCoolShot')} />
    </Card>
  )
}

function Leave({ run, draft, outKm }: PartProps & { outKm: number | null }) {
  const me = useMe()
  const { preCool, crates, shots } = draft
  const leave = async () => {
    const photoFileIds = shots.map((shot) => shot.id)
    const at = { personId: me.person.id, runId: run.id, about: runText(run) }
    if (outKm !== null)
      await keepRunAct({ ...at, about: `${outKm} km` }, { kind: 'odometer', body: { outKm, backKm: null } })
    await keepRunAct(
      at,
      {
        kind: 'depart',
        body: { trip: tripNow(run), preCoolDeciC: preCool, crates: countsOf(crates), photoFileIds },
      },
      shots.map(({ id, blob }) => ({ id, blob })),
    )
    const warm =
      run.coldestZone && preCool !== null && judgeTemperature(run.coldestZone as Zone, preCool) === 'reject'
    if (warm) toast(t('driver.preCoolWarm'), { tone: 'warn' })
  }
  return (
    <BottomBar>
      <div className="grow">
        <Button
          tone="main"
          size="l"
          icon="truck"
          full
          className="driver-main"
          refused={whyNot(run, draft)}
          onClick={() => void leave()}
        >
          {t('driver.depart')}
        </Button>
      </div>
    </BottomBar>
  )
}

function whyNot(run: Run, { preCool, shots }: Leaving): string | undefined {
  if (run.rule?.tripCheck) {
    if (!run.tripCheckedAt) return t('driver.departCheck')
    if (run.tripOpen.length > 0) return t('driver.trip.stops', { items: run.tripOpen.join(comma()) })
  }
  const left = run.totes - aboardOf(run)
  if (left > 0) return t('driver.departTotes', { count: left })
  if (run.coldestZone && preCool === null) return t('driver.departTemperature')
  return run.coldestZone && run.rule?.preCoolPhoto && shots.length === 0 ? t('driver.departPhoto') : undefined
}

/** Crates the driver has already: from an earlier run, or counted over by the warehouse. */
function Aboard({ run }: { run: Run }) {
  const count = run.crateTypes.reduce((sum, type) => sum + type.aboard, 0)
  return count > 0 ? <Badge tone="info">{t('crates.aboard', { count })}</Badge> : null
}
