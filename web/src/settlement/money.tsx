import type { Reply } from '../app/api.ts'
import { addressOf } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useApi, usePages } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { dayWords, momentWords } from '../coop/words.ts'
import { Money } from '../kit/amount.tsx'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { FileLink } from '../kit/button.tsx'
import { Card, Facts, PageHeader, Tile } from '../kit/page.tsx'
import { EmptyState, Loaded, Note } from '../kit/states.tsx'
import { type Column, DataTable } from '../kit/table.tsx'
import { BankAccount } from './bank-account.tsx'
import { SettledLines } from './lines.tsx'
import { TermsFacts } from './terms-facts.tsx'
import './settlement.css'
import './texts.ts'

export type PartyMoney = Reply<'settlement.money'>

/** A supplier's or broker's own money: what is due, when and why, and where it goes. */
export function OwnMoney() {
  return <MoneyOf orgId={useMe().org.id} />
}

/** The money of one party, for itself and for operations. */
export function MoneyOf({ orgId, back }: { orgId: string; back?: string }) {
  const money = useApi('settlement.money', { params: { orgId } })
  const may = useMay()
  return (
    <Loaded query={money}>
      {(one) => (
        <>
          <PageHeader
            title={t(one.side === 'broker' ? 'money.titleBroker' : 'money.title')}
            sub={back ? one.party : undefined}
            {...(back ? { back } : {})}
          >
            <FileLink href={addressOf('settlement.file', { params: { orgId, format: 'xlsx' } })}>
              {t('money.xlsx')}
            </FileLink>
            <FileLink href={addressOf('settlement.file', { params: { orgId, format: 'pdf' } })}>
              {t('money.pdf')}
            </FileLink>
          </PageHeader>
          <Balances money={one} />
          <div className="money-cards">
            <Days money={one} />
            <BankAccount money={one} mayChange={may('bankAccount.write') && !back} />
            {one.side === 'supplier' && (
              <Card title={t('money.terms')}>
                {one.terms ? (
                  <TermsFacts terms={one.terms} />
                ) : (
                  <p className="muted">{t('money.termsNone')}</p>
                )}
              </Card>
            )}
            <Payouts money={one} />
          </div>
          <Lines money={one} mayContest={may('commission.contest')} />
        </>
      )}
    </Loaded>
  )
}

function Balances({ money }: { money: PartyMoney }) {
  const { balances, side, blocks } = money
  const stopped = blocks.filter((block) => block !== 'nothing_due')
  return (
    <div className="stack">
      <div className="money-tiles">
        <Tile label={t('money.due')} tone={money.dueFen > 0 ? 'good' : money.dueFen < 0 ? 'bad' : 'plain'}>
          <Money fen={money.dueFen} />
        </Tile>
        <Tile label={t(side === 'broker' ? 'money.commission' : 'money.payable')}>
          <Money fen={side === 'broker' ? balances.commissionFen : balances.payableFen} />
        </Tile>
        {side === 'supplier' && (
          <Tile label={t('money.retention')}>
            <Money fen={balances.retentionFen} />
          </Tile>
        )}
        <Tile label={t('money.inFlight')}>
          <Money fen={balances.inFlightFen} />
        </Tile>
      </div>
      {stopped.length > 0 && (
        <Note tone="warn">{stopped.map((block) => t(`money.block.${block}`)).join('；')}</Note>
      )}
    </div>
  )
}

/** What becomes due or is given back on which day. */
function Days({ money: { side, upcoming, retentions } }: { money: PartyMoney }) {
  const list = (rows: PartyMoney['upcoming']) => (
    <Facts of={rows.map(({ day, amountFen }) => [dayWords(day), <Money key={day} fen={amountFen} />])} />
  )
  return (
    <Card title={t(side === 'broker' ? 'money.upcomingFree' : 'money.upcoming')}>
      {upcoming.length > 0 ? list(upcoming) : <p className="muted">{t('money.upcomingNone')}</p>}
      {retentions.length > 0 && (
        <>
          <h3>{t('money.retentions')}</h3>
          {list(retentions.slice(0, 8))}
        </>
      )}
    </Card>
  )
}

type Payout = PartyMoney['payouts'][number]

const payoutColumns = (): Column<Payout>[] => [
  { key: 'through', head: t('money.through'), cell: (one) => dayWords(one.throughDay) },
  { key: 'amount', head: t('payout.sum'), end: true, cell: (one) => <Money fen={one.amountFen} /> },
  {
    key: 'status',
    head: t('payout.why'),
    cell: (one) => (
      <>
        <StatusChip of="payout" status={one.status} />{' '}
        {one.returnReason && (
          <span className="small">{t('money.returnedWhy', { reason: one.returnReason })}</span>
        )}
      </>
    ),
  },
  { key: 'sent', head: t('payout.sentAt'), cell: (one) => momentWords(one.sentAt) },
]

function Payouts({ money: { payouts } }: { money: PartyMoney }) {
  return (
    <Card title={t('money.payouts')}>
      {payouts.length > 0 ? (
        <DataTable
          label={t('money.payouts')}
          rows={payouts}
          rowKey={(one) => one.id}
          columns={payoutColumns()}
        />
      ) : (
        <p className="muted">{t('money.payoutsNone')}</p>
      )}
    </Card>
  )
}

function Lines({ money: { orgId, side }, mayContest }: { money: PartyMoney; mayContest: boolean }) {
  const { items, more, query } = usePages('settlement.lines', { params: { orgId }, query: { limit: 50 } })
  return (
    <section className="stack">
      <h2>
        {t('money.lines')} {side === 'broker' && <Badge>{t('money.earned')}</Badge>}
      </h2>
      <Loaded
        query={query}
        empty={{
          when: () => items.length === 0,
          show: <EmptyState icon="money" title={t('money.linesNone')} />,
        }}
      >
        {() => <SettledLines side={side} items={items} more={more} mayContest={mayContest} />}
      </Loaded>
    </section>
  )
}
