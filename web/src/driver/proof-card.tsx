import { coldZones } from '@huming/shared/evidence'
import { newId } from '@huming/shared/ids'
import { t } from '../app/i18n.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { SignaturePad } from '../kit/signature-pad.tsx'
import { Note } from '../kit/states.tsx'
import { type PartProps, proofsAt, refusalIn } from './draft.ts'
import { PhotoShots } from './photo-shots.tsx'
import { timeText } from './words.ts'

const seesNothing = ['short', 'reweighed']

/** Who got it, by signature or number, and the photos that are asked for. */
export function ProofCard({ run, stop, draft, set, restored }: PartProps & { restored: boolean }) {
  const refused = stop.goods
    .flatMap((order) => order.lines)
    .map((line) => refusalIn(draft, line))
    .some(({ refused: much, reason }) => much > 0 && !seesNothing.includes(reason ?? ''))
  const shoot = { shots: draft.shots, onShots: (shots: typeof draft.shots) => set({ shots }) }
  return (
    <>
      {stop.keyDrop && <DropCard {...{ run, stop, draft, set }} />}
      <Card title={t('driver.proof')}>
        {!stop.keyDrop && <Receiver {...{ run, stop, draft, set, restored }} />}
        {refused && <PhotoShots {...shoot} of="refused" label={t('driver.shot.refused')} />}
        {!(stop.keyDrop && stop.rule?.keyDropSet) && <PhotoShots {...shoot} />}
      </Card>
    </>
  )
}

function Receiver({ stop, draft, set, restored }: PartProps & { restored: boolean }) {
  const proofs = proofsAt(stop)
  const byPin = draft.pin !== null
  return (
    <>
      <TextField
        label={t('driver.receiver')}
        size="l"
        maxLength={40}
        value={draft.receiverName}
        onText={(receiverName) => set({ receiverName })}
      />
      {byPin ? (
        <TextField
          label={t('driver.pin.label')}
          size="l"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={draft.pin ?? ''}
          onText={(pin) => set({ pin: pin.normalize('NFKC').replace(/\D/g, '') })}
        />
      ) : (
        proofs.includes('signature') && (
          <>
            <SignaturePad
              label={t('driver.signature')}
              onSigned={(blob) => set({ signature: blob && { id: newId(), blob } })}
            />
            {restored && draft.signature && <Note tone="good">{t('driver.signed')}</Note>}
          </>
        )
      )}
      {proofs.includes('signature') && proofs.includes('pin') && (
        <Button size="l" tone="quiet" full onClick={() => set({ pin: byPin ? null : '' })}>
          {t(byPin ? 'driver.pin.sign' : 'driver.pin.use')}
        </Button>
      )}
      {proofs.includes('photo') && <p className="muted">{t('driver.photoProves')}</p>}
    </>
  )
}

/** 无人交接: door, place, and what the photos must show, in the order it is done. */
function DropCard({ stop, draft, set }: PartProps) {
  if (!stop.rule?.keyDropSet) return null
  const shoot = { shots: draft.shots, onShots: (shots: typeof draft.shots) => set({ shots }) }
  const { doorOpenedAt, doorClosedAt } = draft
  return (
    <Card title={t('driver.drop.title')}>
      <Button
        size="l"
        full
        tone={doorOpenedAt ? 'plain' : 'main'}
        {...(doorOpenedAt && { icon: 'check' as const })}
        onClick={() => set({ doorOpenedAt: new Date().toISOString(), doorClosedAt: null })}
      >
        {doorOpenedAt ? t('driver.drop.openAt', { time: timeText(doorOpenedAt) }) : t('driver.drop.open')}
      </Button>
      <TextField
        label={t('driver.drop.point')}
        size="l"
        maxLength={60}
        value={draft.dropPoint}
        onText={(dropPoint) => set({ dropPoint })}
      />
      <PhotoShots {...shoot} of="goods" label={t('driver.shot.goods')} />
      {coldZones(stop.zones).length > 0 && (
        <PhotoShots {...shoot} of="thermometer" label={t('driver.shot.thermometer')} />
      )}
      <PhotoShots {...shoot} of="locked" label={t('driver.shot.locked')} />
      <Button
        size="l"
        full
        tone={doorClosedAt ? 'plain' : 'main'}
        disabled={!doorOpenedAt}
        {...(doorClosedAt && { icon: 'check' as const })}
        onClick={() => set({ doorClosedAt: new Date().toISOString() })}
      >
        {doorClosedAt ? t('driver.drop.closeAt', { time: timeText(doorClosedAt) }) : t('driver.drop.close')}
      </Button>
    </Card>
  )
}
