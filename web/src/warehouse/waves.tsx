import { Link } from 'wouter'
import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, ProgressBar } from '../kit/states.tsx'
import { toastProblem } from '../kit/toast.tsx'
import { HubChoice, useHub } from './use-hub.tsx'
import { dayWords, zoneName } from './words.ts'
import './picking-texts.ts'

export type Wave = Reply<'picking.board'>['waves'][number]

/** The waves of the warehouse with how far they are, and frozen orders that wait for one. */
export function Waves() {
  const hub = useHub()
  const { hubId } = hub
  const board = useApi('picking.board', { params: { hubId } }, { enabled: hubId !== '' })
  useLive(['wave.', 'pick.', 'tote.', 'cutoff.', 'order.frozen'], ['picking.board'])
  const empty = {
    when: ({ waves, waiting }: Reply<'picking.board'>) => waves.length === 0 && waiting.length === 0,
    show: <EmptyState icon="layers" title={t('warehouse.waves.none')} text={t('warehouse.waves.noneText')} />,
  }
  return (
    <>
      <PageHeader title={t('warehouse.waves.title')}>
        <HubChoice {...hub} />
        <LinkButton to="/rules" size="l" icon="filter">
          {t('picking.rules.open')}
        </LinkButton>
      </PageHeader>
      <Loaded query={board} empty={empty}>
        {({ waves, waiting }) => (
          <div className="stack">
            {waiting.map(({ day, orders }) => (
              <Waiting key={day} hubId={hubId} day={day} orders={orders} />
            ))}
            <div className="cards" style={{ ['--card' as string]: '340px' }}>
              {waves.map((wave) => (
                <WaveCard key={wave.id} wave={wave} />
              ))}
            </div>
          </div>
        )}
      </Loaded>
    </>
  )
}

function Waiting({ hubId, day, orders }: { hubId: string; day: string; orders: number }) {
  const act = useAct('picking.planWave', { changes: ['picking.board'] })
  const may = useMay()
  return (
    <Card>
      <div className="row spread">
        <span>
          <b>{dayWords(day)}</b> · {t('warehouse.waves.waiting', { orders })}
        </span>
        {may('wave.release') && (
          <Button
            size="l"
            busy={act.isPending}
            onClick={() => act.mutate({ params: { hubId }, body: { day } }, { onError: toastProblem })}
          >
            {t('warehouse.waves.plan')}
          </Button>
        )}
      </div>
    </Card>
  )
}

function WaveCard({ wave }: { wave: Wave }) {
  return (
    <Link to={`/waves/${wave.id}`} className="wh-card">
      <span className="row spread">
        <b className="wh-loud">{t('warehouse.waves.name', { day: dayWords(wave.day), seq: wave.seq })}</b>
        <StatusChip of="wave" status={wave.status} />
      </span>
      <WaveCounts wave={wave} />
      <ZoneProgress wave={wave} />
    </Link>
  )
}

export function WaveCounts({ wave }: { wave: Wave }) {
  return (
    <span className="row">
      <span>{t('warehouse.waves.orders', { count: wave.orders })}</span>
      <span className="muted">{t('warehouse.waves.lines', { count: wave.lines })}</span>
      {wave.cutLines > 0 && (
        <Badge tone="warn">{t('warehouse.waves.cutLines', { count: wave.cutLines })}</Badge>
      )}
    </span>
  )
}

/** Picked and sealed, zone by zone. */
export function ZoneProgress({ wave }: { wave: Wave }) {
  return (
    <div className="stack" style={{ ['--gap' as string]: '10px' }}>
      {wave.zones.map((zone) => (
        <div key={zone.zone} className="stack" style={{ ['--gap' as string]: '4px' }}>
          <ProgressBar
            label={t('warehouse.waves.pickProgress', { zone: zoneName(zone.zone) })}
            done={zone.tasks - zone.open}
            total={zone.tasks}
            tone={zone.short > 0 ? 'warn' : 'good'}
          />
          {zone.open === 0 && (
            <ProgressBar
              label={t('warehouse.waves.sealProgress', { zone: zoneName(zone.zone) })}
              done={zone.sealed}
              total={zone.totes}
            />
          )}
        </div>
      ))}
    </div>
  )
}
