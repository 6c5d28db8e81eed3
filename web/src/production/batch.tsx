import { Link, useParams } from 'wouter'
import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSupplier } from '../coop/scope.tsx'
import { dayWords } from '../coop/words.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button, LinkButton } from '../kit/button.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { toast, toastProblem } from '../kit/toast.tsx'
import { CancelBatch } from './cancel.tsx'
import { type Batch, batchChanges } from './changes.ts'
import { Check, Checks } from './check.tsx'
import './production.css'
import { Finish } from './finish.tsx'
import { Inputs } from './inputs.tsx'
import { Steps } from './steps.tsx'
import './texts.ts'
import { amount, nameOf } from './words.ts'

/** One batch, from plan to release: made for a tablet beside the kettle. */
export function BatchPage() {
  const { id = '' } = useParams<{ id: string }>()
  const batch = useApi('production.readBatch', { params: { id } })
  useLive(['batch.', 'material.'], ['production.readBatch'])
  return <Loaded query={batch}>{(found) => <BatchView batch={found} />}</Loaded>
}

function BatchView({ batch }: { batch: Batch }) {
  const { to } = useSupplier()
  const may = useMay()
  const writes = may('production.write')
  return (
    <>
      <PageHeader
        title={nameOf(batch)}
        back={to('/making')}
        sub={
          <>
            <StatusChip of="productionBatch" status={batch.status} />
            <span>{batch.number}</span>
            {batch.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      />
      <div className="stack coop-page">
        {batch.status === 'planned' && writes && <Start batch={batch} />}
        {batch.status === 'planned' && <Inputs batch={batch} takes={false} />}
        {batch.status === 'running' && (
          <>
            <Inputs batch={batch} takes={writes} />
            {batch.steps.length > 0 && <Steps batch={batch} writes={writes} />}
            {writes && <Finish batch={batch} />}
          </>
        )}
        {(batch.status === 'made' || batch.status === 'rejected') &&
          (may('production.inspect') ? (
            <Check batch={batch} />
          ) : (
            <Note tone="warn">{t('making.check.waits')}</Note>
          ))}
        {batch.inspections.length > 0 && <Checks batch={batch} />}
        {(batch.status === 'made' || batch.status === 'released' || batch.status === 'rejected') && (
          <>
            <Used batch={batch} />
            {batch.steps.length > 0 && <Steps batch={batch} writes={writes && batch.status !== 'released'} />}
          </>
        )}
        <BatchFacts batch={batch} />
        {writes && (batch.status === 'planned' || batch.status === 'running') && (
          <CancelBatch batch={batch} />
        )}
      </div>
    </>
  )
}

function Start({ batch }: { batch: Batch }) {
  const missing = batch.needs.filter((need) => need.missing > 0).length
  const start = useAct('production.startBatch', {
    changes: [...batchChanges],
    onDone: () => toast(t('making.batch.started')),
  })
  return (
    <Card>
      <div className="row spread">
        <span>
          {missing === 0 ? (
            <Badge tone="good" icon="check">
              {t('making.batch.enough')}
            </Badge>
          ) : (
            <Badge tone="warn" icon="warning">
              {t('making.batch.short', { count: missing })}
            </Badge>
          )}
        </span>
        <Button
          tone="main"
          size="l"
          icon="right"
          busy={start.isPending}
          onClick={() => start.mutate({ params: { id: batch.id }, body: {} }, { onError: toastProblem })}
        >
          {t('making.batch.start')}
        </Button>
      </div>
    </Card>
  )
}

function Used({ batch }: { batch: Batch }) {
  const { to } = useSupplier()
  return (
    <Card title={t('making.batch.inputs')}>
      <ul className="coop-list">
        {batch.taken.map((one) => (
          <li key={one.lotId}>
            <Link to={to(`/lots/${one.lotId}`)} className="coop-line">
              <span className="grow">
                <b>{nameOf(one)}</b>
                <span className="muted small">
                  {one.lotCode} · {one.supplier}
                </span>
              </span>
              <b className="num">{amount(one.quantity, one)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function BatchFacts({ batch }: { batch: Batch }) {
  const { to } = useSupplier()
  const made = batch.madeQuantity
  return (
    <Card
      side={
        <span className="row">
          <LinkButton to={to(`/lots/${batch.lotId}`)} tone="quiet" icon="layers">
            {t('making.batch.output')}
          </LinkButton>
          <LinkButton to={to(`/making/labels/${batch.skuId}`)} tone="quiet" icon="document">
            {t('making.recipe.label')}
          </LinkButton>
        </span>
      }
    >
      <Facts
        of={[
          [t('making.recipe.kind'), t(`making.batch.kind.${batch.kind}`)],
          [t('making.plan.recipe'), t('making.batch.recipe', { version: batch.recipeVersion })],
          [t('making.batch.output'), batch.lotCode],
          [t('making.batch.bound'), batch.hub],
          [t('making.batch.day'), dayWords(batch.plannedDay)],
          [t('making.plan.quantity'), amount(batch.plannedQuantity, batch)],
          [t('making.batch.ordered'), batch.promised > 0 ? amount(batch.promised, batch) : null],
          [
            t('making.batch.yield'),
            made === null
              ? null
              : t('making.batch.yieldOf', {
                  expected: amount(batch.expectedQuantity, batch),
                  made: amount(made, batch),
                }),
          ],
          [t('making.batch.waste'), batch.wasteGrams ? amount(batch.wasteGrams, { baseUnit: 'g' }) : null],
          [t('making.batch.reasonGiven'), batch.reason],
        ]}
      />
    </Card>
  )
}
