import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Money } from '../kit/amount.tsx'
import { LinkButton } from '../kit/button.tsx'
import { PageHeader, Tile } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import '../payment/texts.ts'

/** The credit line as finance sees it: what may still be ordered, what is held, what is owed. */
export function Credit() {
  const may = useMay()
  const credit = useApi('orders.credit')
  return (
    <>
      <PageHeader title={t('shop.credit.title')}>
        {may('payment.write') && (
          <LinkButton to="/pay" tone="main" icon="money">
            {t('pay.title')}
          </LinkButton>
        )}
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
              <Money fen={Math.max(0, owedFen)} />
            </Tile>
            <Tile label={t('pay.prepaidNow')} tone={owedFen < 0 ? 'good' : 'plain'}>
              <Money fen={Math.max(0, -owedFen)} />
            </Tile>
          </div>
        )}
      </Loaded>
    </>
  )
}
