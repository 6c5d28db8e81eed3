import { serviceDayOf } from '@huming/shared/days'
import { unitName } from '@huming/shared/units'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { useSharedPath } from '../coop/scope.tsx'
import { UnitPrice } from '../kit/amount.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, ProblemNote, ProgressBar } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { priceWhy, spanText } from './why.ts'
import './texts.ts'

type Contract = Reply<'pricing.readContract'>

/** One contract: what each pack costs today, why, and how much of its quantity is ordered. */
export function ContractPage() {
  const { id = '' } = useParams<{ id: string }>()
  const contract = useApi('pricing.readContract', { params: { id } })
  return <Loaded query={contract}>{(found) => <View contract={found} />}</Loaded>
}

function View({ contract }: { contract: Contract }) {
  const may = useMay()
  const to = useSharedPath()
  const [ending, setEnding] = useState(false)
  const over = contract.validTo < serviceDayOf(new Date())
  return (
    <>
      <PageHeader
        title={contract.number}
        back={to('/contracts')}
        sub={
          <>
            {over && <Badge>{t('pricing.ended')}</Badge>}
            {contract.isSample && <Badge>{t('app.sampleMark')}</Badge>}
          </>
        }
      >
        {may('contract.write') && !over && (
          <Button icon="close" onClick={() => setEnding(true)}>
            {t('pricing.end')}
          </Button>
        )}
      </PageHeader>
      <div className="stack">
        <Card>
          <Facts
            of={[
              [t('pricing.supplier'), contract.supplier],
              [t('pricing.buyer'), contract.buyer],
              [t('pricing.days'), spanText(contract.validFrom, contract.validTo)],
              [t('pricing.note'), contract.note],
            ]}
          />
        </Card>
        <div className="cards" style={{ ['--card' as string]: '280px' }}>
          {contract.lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </div>
      </div>
      {ending && <EndDialog contract={contract} onClose={() => setEnding(false)} />}
    </>
  )
}

function Line({ line }: { line: Contract['lines'][number] }) {
  const { limitUnits, takenUnits } = line
  const taken =
    limitUnits === null
      ? t('pricing.anyQuantity')
      : t('pricing.taken', {
          taken: takenUnits,
          limit: `${limitUnits} ${unitName(line.orderUnit, locale())}`,
        })
  return (
    <Card title={named({ zh: line.name, en: line.nameEn })}>
      <div className="stack" style={{ ['--gap' as string]: '6px' }}>
        <span className="muted small">
          {line.spec} · {line.code}
        </span>
        {line.centifen === null ? (
          <span className="muted">{t('pricing.noToday')}</span>
        ) : (
          <>
            <UnitPrice centifen={line.centifen} unit={line.priceUnit} size="l" />
            <span className="small">{priceWhy('contract', line.basis, line.priceUnit)}</span>
          </>
        )}
        {limitUnits === null ? (
          <span className="muted small">{taken}</span>
        ) : (
          <ProgressBar label={taken} done={Math.min(takenUnits, limitUnits)} total={limitUnits} />
        )}
      </div>
    </Card>
  )
}

function EndDialog({ contract, onClose }: { contract: Contract; onClose: () => void }) {
  const [lastDay, setLastDay] = useState<string>(() => serviceDayOf(new Date()))
  const end = useAct('pricing.endContract', {
    changes: ['pricing.readContract', 'pricing.listContracts'],
    onDone: () => {
      toast(t('pricing.endDone'))
      onClose()
    },
  })
  const foot = (
    <Button
      tone="danger"
      busy={end.isPending}
      onClick={() => end.mutate({ params: { id: contract.id }, body: { lastDay } })}
    >
      {t('pricing.end')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('pricing.endTitle')} foot={foot}>
      <div className="stack">
        <ProblemNote error={end.error} />
        <TextField
          label={t('pricing.to')}
          hint={t('pricing.endHint')}
          type="date"
          value={lastDay}
          onText={setLastDay}
        />
      </div>
    </Dialog>
  )
}
