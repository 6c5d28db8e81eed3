import { districtOf } from '@huming/shared/districts'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Badge } from '../kit/badge.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { dayWords, paperName, scopeName } from './words.ts'
import './papers.css'
import './texts.ts'

type Seller = Reply<'papers.licences'>

/** The licences of a seller as the law wants them shown to everybody. */
export function Licences() {
  const { id = '' } = useParams<{ id: string }>()
  const seller = useApi('papers.licences', { params: { id } })
  return <Loaded query={seller}>{(found) => <SellerLicences seller={found} />}</Loaded>
}

function SellerLicences({ seller }: { seller: Seller }) {
  const place = districtOf(seller.divisionCode)
  return (
    <>
      <PageHeader
        title={t('papers.licences.title')}
        sub={
          <>
            <span>{seller.name}</span>
            {seller.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="stack">
        <Card>
          <Facts
            of={[
              [t('papers.licences.uscc'), seller.uscc],
              [t('papers.licences.place'), place && named(place.name)],
            ]}
          />
          <p className="muted small">{t('papers.licences.law', { day: dayWords(seller.day) })}</p>
        </Card>
        {seller.papers.length === 0 && <EmptyState icon="shield" title={t('papers.licences.none')} />}
        <div className="cards">
          {seller.papers.map((paper) => (
            <Card key={`${paper.kind} ${paper.number} ${paper.validFrom}`} title={paperName(paper.kind)}>
              <Facts
                of={[
                  [t('papers.number'), paper.number],
                  [t('papers.issuer'), paper.issuer || null],
                  [
                    t('papers.scope'),
                    paper.scope.length > 0
                      ? paper.scope.map((one) => scopeName(paper.kind, one)).join(comma())
                      : null,
                  ],
                  [t('papers.products'), paper.products.length > 0 ? paper.products.join(comma()) : null],
                  [
                    t('papers.valid'),
                    t('papers.validSpan', { from: dayWords(paper.validFrom), to: dayWords(paper.lastDay) }),
                  ],
                ]}
              />
            </Card>
          ))}
        </div>
      </div>
    </>
  )
}
