import type { Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Card, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded, Note } from '../kit/states.tsx'
import { crateName, useCrateTypes } from './crate-counts.tsx'
import { CrateStatement } from './statement.tsx'
import './texts.ts'

type Mine = Reply<'crates.mine'>['items'][number]

/** The crates that a buyer, a supplier or a driver has of each hub, and how they came. */
export function MyCrates() {
  const mine = useApi('crates.mine')
  return (
    <>
      <PageHeader title={t('crates.mine')} />
      <Loaded
        query={mine}
        empty={{
          when: (page) => page.items.length === 0,
          show: <EmptyState icon="box" title={t('crates.mineNone')} />,
        }}
      >
        {(page) => (
          <div className="stack">
            <Note>{t('crates.mineText')}</Note>
            {page.items.map((one) => (
              <HubCrates key={one.hubId} one={one} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

function HubCrates({ one }: { one: Mine }) {
  const types = useCrateTypes()
  return (
    <Card title={one.hub} side={<b>{t('crates.total', { count: one.total })}</b>}>
      <div className="stack">
        <div className="row">
          {one.counts.map(({ typeId, count }) => {
            const type = types.find((each) => each.id === typeId)
            return (
              <Badge key={typeId} tone="info">
                {type ? crateName(type) : ''} × {count}
              </Badge>
            )
          })}
          <span className="muted">
            {t('crates.deposit')} <Money fen={one.depositFen} />
          </span>
        </div>
        <CrateStatement hubId={one.hubId} partyId={one.id} />
      </div>
    </Card>
  )
}
