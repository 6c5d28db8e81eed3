import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Money } from '../kit/amount.tsx'
import { LinkButton } from '../kit/button.tsx'
import { PageHeader, Tile } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'

/** The credit line as finance sees it: what may still be ordered, what is held, what is owed. */
export function Credit() {
  const credit = useApi('orders.credit')
  return (
    <>
      <PageHeader title={t('shop.credit.title')}>
        <LinkButton to="/orders?status=delivered" icon="list">
          {t('shop.credit.orders')}
        </LinkButton>
      </PageHeader>
      <Loaded query={credit}>
        {({ limitFen, heldFen, owedFen, availableFen }) => (
          <div className="cards" style={{ ['--card' as string]: '200px' }}>
            <Tile label={t('shop.credit.available')} tone={availableFen === 0 ? 'bad' : 'plain'}>
              {availableFen === null ? t('shop.credit.noLimit') : <Money fen={availableFen} />}
            </Tile>
            <Tile label={t('shop.credit.limit')}>
              {limitFen === null ? t('shop.credit.noLimit') : <Money fen={limitFen} />}
            </Tile>
            <Tile label={t('shop.credit.held')}>
              <Money fen={heldFen} />
            </Tile>
            <Tile label={t('shop.credit.owed')}>
              <Money fen={owedFen} />
            </Tile>
          </div>
        )}
      </Loaded>
    </>
  )
}
