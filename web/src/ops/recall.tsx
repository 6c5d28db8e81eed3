import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { comma, t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { FileLink } from '../kit/button.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note } from '../kit/states.tsx'
import { RecallActions } from './recall-actions.tsx'
import { Balance, Clocks, Reached, Times } from './recall-facts.tsx'
import { Lots, Places, Tasks, Timeline } from './recall-lists.tsx'

export type Recall = Reply<'recall.read'>

/** One recall from draft to close: what runs out, what to do next, where the goods are. */
export function RecallPage() {
  const { id } = useParams<{ id: string }>()
  const recall = useApi('recall.read', { params: { id } })
  useLive(['recall.', 'lot.recall'], ['recall.'])
  return <Loaded query={recall}>{(found) => <RecallView recall={found} />}</Loaded>
}

function RecallView({ recall }: { recall: Recall }) {
  return (
    <>
      <PageHeader
        title={recall.number}
        back="/recalls"
        sub={
          <>
            <StatusChip of="recall" status={recall.status} />
            <span>{t(`recall.level.${recall.level as 1 | 2 | 3}`)}</span>
            {recall.drill && <Badge tone="info">{t('recall.drill')}</Badge>}
            {recall.isSample && <Badge>{t('ops.orgs.sample')}</Badge>}
          </>
        }
      >
        <FileLink href={`/api/recalls/${recall.id}/report.pdf`}>{t('recall.pdf')}</FileLink>
      </PageHeader>
      <div className="stack">
        {recall.drill && <Note>{t('recall.drillNote')}</Note>}
        {recall.withdrawReason !== null && <Note tone="warn">{recall.withdrawReason}</Note>}
        <RecallActions recall={recall} />
        <Clocks recall={recall} />
        <Card>
          <Facts
            of={[
              [t('recall.goods'), recall.goods.join(comma())],
              [t('recall.cause'), `${t(`recall.cause.${recall.cause}`)}：${recall.reason}`],
              [t('recall.remedy'), t(`recall.remedy.${recall.remedy}`)],
              [t('recall.incidentNote'), recall.incidentNote],
              [t('recall.conclusion'), recall.conclusion],
            ]}
          />
        </Card>
        <Reached recall={recall} />
        <Times recall={recall} />
        <Lots recall={recall} />
        <Places recall={recall} />
        {!recall.drill && <Tasks recall={recall} />}
        {!recall.drill && recall.status !== 'draft' && <Balance recall={recall} />}
        <Timeline recall={recall} />
      </div>
    </>
  )
}
