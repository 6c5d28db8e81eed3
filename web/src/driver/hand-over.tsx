import { coldZones } from '@huming/shared/evidence'
import { coldestOf, judgeHandOver } from '@huming/shared/proof'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { CrateCounts } from '../crates/crate-counts.tsx'
import { Button } from '../kit/button.tsx'
import { BottomBar, Card } from '../kit/page.tsx'
import { Note, Skeleton } from '../kit/states.tsx'
import { bodyOf, type Draft, handOf, missingIn, type PartProps, refusalIn, useDraft } from './draft.ts'
import { FailDrawer } from './fail-drawer.tsx'
import { Goods, type Line, lineKey } from './goods.tsx'
import { keepAct } from './outbox.ts'
import type { Run, Stop } from './overlay.ts'
import { ProofCard } from './proof-card.tsx'
import { type Refusal, RefuseDrawer } from './refuse-drawer.tsx'
import { TemperatureField } from './temperature-field.tsx'
import { UnloadCard } from './unload-card.tsx'
import { WeighDrawer } from './weigh-drawer.tsx'
import { zoneText } from './words.ts'

/** The hand-over: totes, goods with what is refused, temperature, crates, proof; then one press. */
export function HandOver({ run, stop }: { run: Run; stop: Stop }) {
  const [draft, set, restored] = useDraft(stop)
  return draft ? <Form {...{ run, stop, draft, set, restored }} /> : <Skeleton lines={5} height={72} />
}

function Form({ run, stop, draft, set, restored }: PartProps & { restored: boolean }) {
  const me = useMe()
  const [refusing, setRefusing] = useState<Line | null>(null)
  const [weighing, setWeighing] = useState<Line | null>(null)
  const [failing, setFailing] = useState(false)
  const parts = { run, stop, draft, set }
  const refuse = (line: Line, refusal: Refusal) => {
    set({ refusals: { ...draft.refusals, [lineKey(line)]: refusal } })
    setRefusing(null)
    setWeighing(null)
  }
  const deliver = () =>
    keepAct(
      { personId: me.person.id, runId: run.id, stop },
      { kind: 'deliver', body: bodyOf(stop, draft) },
      filesOf(draft),
    )
  return (
    <>
      <UnloadCard {...parts} />
      <Goods
        stop={stop}
        refusedOf={(line) => refusalIn(draft, line)}
        onRefuse={setRefusing}
        onWeigh={setWeighing}
      />
      <Readings {...parts} />
      <Crates {...parts} />
      <ProofCard {...parts} restored={restored} />
      <Button size="l" tone="quiet" icon="warning" full onClick={() => setFailing(true)}>
        {t('driver.fail')}
      </Button>
      <Deliver {...parts} onDeliver={() => void deliver()} />
      {refusing && (
        <RefuseDrawer
          line={refusing}
          refusal={refusalIn(draft, refusing)}
          onClose={() => setRefusing(null)}
          onSave={(refusal) => refuse(refusing, refusal)}
        />
      )}
      {weighing && (
        <WeighDrawer
          line={weighing}
          toleranceBp={stop.rule?.weighToleranceBp ?? 0}
          onClose={() => setWeighing(null)}
          onSave={(refusal) => refuse(weighing, refusal)}
        />
      )}
      <FailDrawer run={run} stop={stop} open={failing} onClose={() => setFailing(false)} />
    </>
  )
}

/** Pictures that go up before the act. */
const filesOf = ({ signature, pin, shots }: Draft) =>
  [...(signature && pin === null ? [signature] : []), ...shots].map(({ id, blob }) => ({ id, blob }))

function Deliver({ stop, draft, onDeliver }: PartProps & { onDeliver: () => void }) {
  const missing = missingIn(stop, draft)
  const key = missing === 'temperatureDeciC' ? 'temperature' : missing
  return (
    <BottomBar>
      <div className="grow">
        <Button
          tone="main"
          size="l"
          icon="check"
          full
          className="driver-main"
          refused={key ? t(`driver.need.${key}`) : undefined}
          onClick={onDeliver}
        >
          {t('driver.deliver')}
        </Button>
      </div>
    </BottomBar>
  )
}

/** The coldest goods always; every cold zone where the rule asks for it. */
function Readings({ stop, draft, set }: PartProps) {
  const coldest = coldestOf(stop.zones)
  if (!coldest) return null
  const zones = stop.rule?.zoneReadings ? coldZones(stop.zones) : [coldest]
  const nameOf = (zone: string) =>
    zones.length > 1 ? t('driver.readingOf', { zone: zoneText(zone) }) : t('driver.temperature')
  return (
    <Card title={t('driver.temperature')}>
      {zones.map((zone) => (
        <TemperatureField
          key={zone}
          label={nameOf(zone)}
          hint={t('driver.temperatureHint', { zone: zoneText(zone) })}
          zone={zone}
          value={draft.readings[zone] ?? null}
          onValue={(tenths) => set({ readings: { ...draft.readings, [zone]: tenths } })}
        />
      ))}
      {judgeHandOver(handOf(stop, draft)) === 'reject' && (
        <Note tone="bad">{t('driver.temperatureReject')}</Note>
      )}
    </Card>
  )
}

function Crates({ run, draft, set }: PartProps) {
  return (
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
  )
}
