import { useParams } from 'wouter'
import { useApi } from '../app/query.ts'
import { StatusChip } from '../kit/badge.tsx'
import { PageHeader } from '../kit/page.tsx'
import { Loaded } from '../kit/states.tsx'
import { LotPapers } from '../papers/lot-papers.tsx'
import '../papers/texts.ts'

/** The papers of a lot at the dock: what came with it, what is lacking, and the checkpoint’s stamp to enter. */
export function LotPapersPage() {
  const { id = '' } = useParams<{ id: string }>()
  const lot = useApi('stock.readLot', { params: { id } })
  return (
    <Loaded query={lot}>
      {(found) => (
        <>
          <PageHeader
            title={found.name}
            back="/lots"
            sub={
              <>
                <StatusChip of="lot" status={found.stage} />
                <span>{found.code}</span>
              </>
            }
          />
          <LotPapers lotId={found.id} size="l" />
        </>
      )}
    </Loaded>
  )
}
