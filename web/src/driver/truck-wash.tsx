import { dayText, serviceDay, serviceDayOf } from '@huming/shared/days'
import { WASH_MEANS, type WashMeans, washMeans } from '@huming/shared/reference/wash-means'
import { useState } from 'react'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useMe } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Drawer } from '../kit/dialog.tsx'
import { RadioGroup } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { Note } from '../kit/states.tsx'
import { keepRunAct, useOutbox } from './outbox.ts'
import { PhotoShots, type Shot } from './photo-shots.tsx'
import { SentBack } from './sent-back.tsx'

type Truck = Reply<'delivery.myRuns'>['vehicles'][number]

/** How long the disinfection of a truck counts; its driver notes the next one here, with or without a network. */
export function TruckWash({ truck }: { truck: Truck }) {
  const [open, setOpen] = useState(false)
  const { waiting } = useOutbox()
  const noted = waiting.some((act) => act.runId === truck.id && act.problem === null)
  return (
    <Card title={t('driver.wash.title', { plate: truck.plate })}>
      <div className="stack">
        <SentBack runId={truck.id} />
        {noted ? <Note tone="good">{t('driver.wash.waits')}</Note> : <Standing cleanTo={truck.cleanTo} />}
        <Button size="l" icon="shield" full onClick={() => setOpen(true)}>
          {t('driver.wash.note')}
        </Button>
      </div>
      {open && <WashDrawer truck={truck} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function Standing({ cleanTo }: { cleanTo: string | null }) {
  if (cleanTo === null) return <Note tone="bad">{t('driver.wash.none')}</Note>
  const day = dayText(serviceDay(cleanTo), locale())
  if (cleanTo < serviceDayOf(new Date())) return <Note tone="bad">{t('driver.wash.over', { day })}</Note>
  return <span className="muted">{t('driver.wash.to', { day })}</span>
}

function WashDrawer({ truck, onClose }: { truck: Truck; onClose: () => void }) {
  const me = useMe()
  const [means, setMeans] = useState<WashMeans>('chlorine')
  const [shots, setShots] = useState<Shot[]>([])
  const [shot] = shots
  const save = async () => {
    if (!shot) return
    await keepRunAct(
      { personId: me.person.id, runId: truck.id, about: truck.plate },
      { kind: 'disinfect', body: { vehicleId: truck.id, means, photoFileId: shot.id } },
      [{ id: shot.id, blob: shot.blob }],
    )
    onClose()
  }
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('driver.wash.title', { plate: truck.plate })}
      foot={
        <Button
          tone="main"
          size="l"
          full
          refused={shot ? undefined : t('driver.wash.need')}
          onClick={() => void save()}
        >
          {t('driver.wash.save')}
        </Button>
      }
    >
      <div className="stack">
        <RadioGroup
          label={t('driver.wash.means')}
          value={means}
          options={washMeans.map((value) => ({ value, label: named(WASH_MEANS[value]) }))}
          onPick={setMeans}
        />
        <PhotoShots shots={shots} onShots={(all) => setShots(all.slice(-1))} label={t('driver.wash.shot')} />
      </div>
    </Drawer>
  )
}
