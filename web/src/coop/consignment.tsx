import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useParams, useSearchParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t, textOf } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { LinkButton } from '../kit/button.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Picture } from '../kit/picture.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { ConsignmentForm } from './consignment-form.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, momentWords, quantityWords } from './words.ts'
import './way-texts.ts'

export type Consignment = Reply<'supply.readConsignment'>
type Line = Consignment['lines'][number]

/** A consignment not yet written; `?lot=` puts a lot on it. */
export function NewConsignment() {
  const { orgId, to } = useSupplier()
  const [search] = useSearchParams()
  const [id] = useState(newId)
  const lotId = search.get('lot')
  return (
    <>
      <PageHeader title={t('coop.consignments.new')} back={to('/consignments')} />
      {orgId && <ConsignmentForm id={id} orgId={orgId} firstLotId={lotId} />}
    </>
  )
}

/** A consignment: to finish while it is a draft, to follow once it is on its way. */
export function ConsignmentPage() {
  const { id = '' } = useParams<{ id: string }>()
  const consignment = useApi('supply.readConsignment', { params: { id } })
  useLive(['consignment.', 'lot.received'], ['supply.readConsignment'])
  return <Loaded query={consignment}>{(found) => <ConsignmentView consignment={found} />}</Loaded>
}

function ConsignmentView({ consignment }: { consignment: Consignment }) {
  const { to } = useSupplier()
  const { status, number, plate, isSample } = consignment
  return (
    <>
      <PageHeader
        title={plate || number}
        back={to('/consignments')}
        sub={
          <>
            <StatusChip of="consignment" status={status} />
            <span>{number}</span>
            {isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <p className="row">
        <LinkButton to={to(`/consignments/${consignment.id}/way`)} icon="truck">
          {t('way.open')}
        </LinkButton>
      </p>
      {status === 'draft' ? (
        <ConsignmentForm
          key={consignment.version}
          id={consignment.id}
          orgId={consignment.orgId}
          consignment={consignment}
        />
      ) : (
        <Shipped consignment={consignment} />
      )}
    </>
  )
}

function Shipped({ consignment: one }: { consignment: Consignment }) {
  const refused = one.lines.filter((line) => line.refusedQuantity > 0)
  return (
    <div className="stack coop-page">
      {refused.length > 0 && (
        <Note tone="bad">{t('coop.consignment.someRefused', { count: refused.length })}</Note>
      )}
      <Card title={t('coop.consignment.goods')}>
        <ul className="coop-list">
          {one.lines.map((line) => (
            <li key={line.id} className="coop-line">
              <Picture picture={line.picture} size={48} />
              <span className="grow">
                <b>{named({ zh: line.name, en: line.nameEn })}</b>
                <span className="muted small">
                  {line.lotCode} · {t('coop.lot.useBy', { day: dayWords(line.useByDay) })}
                </span>
                <Outcome line={line} />
              </span>
              <b className="num">{quantityWords(line.quantity, line)}</b>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('coop.consignment.vehicle')}>
        <Facts
          of={[
            [t('coop.consignment.hub'), one.hub],
            [t('coop.consignment.plate'), one.plate],
            [t('coop.consignment.driver'), [one.driverName, one.driverPhone].filter(Boolean).join(' ')],
            [t('coop.consignment.seal'), one.sealNumber],
            [
              t('coop.consignment.setPoint'),
              one.setPointDeciC === null ? null : `${one.setPointDeciC / 10} ℃`,
            ],
            [t('coop.consignment.departs'), momentWords(one.departsAt)],
            [t('coop.consignment.expectedAt'), momentWords(one.expectedAt)],
            [t('coop.consignment.arrivedAt'), one.arrivedAt && momentWords(one.arrivedAt)],
            [t('coop.consignment.receivedAt'), one.receivedAt && momentWords(one.receivedAt)],
            [t('coop.consignment.note'), one.note],
          ]}
        />
      </Card>
    </div>
  )
}

/** What the warehouse found; nothing before it has counted. */
function Outcome({ line }: { line: Line }) {
  if (line.receivedQuantity === null) return null
  return (
    <span className="small">
      {t('coop.consignment.received', { amount: quantityWords(line.receivedQuantity, line) })}
      {line.refusedQuantity > 0 && (
        <span className="coop-warn">
          {' '}
          {t('coop.consignment.refusedAmount', {
            amount: quantityWords(line.refusedQuantity, line),
            reason: textOf(`coop.refuse.${line.refuseReason}`, line.refuseReason ?? ''),
          })}
        </span>
      )}
    </span>
  )
}
