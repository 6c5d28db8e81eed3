import { addDays, isServiceDay, serviceDayOf } from '@huming/shared/days'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { flawsOf } from '../coop/flaws.ts'
import { useSupplier } from '../coop/scope.tsx'
import { Button } from '../kit/button.tsx'
import { TextArea, TextField } from '../kit/field.tsx'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { type Buyer, BuyerChoice } from './buyer-choice.tsx'
import { ContractLine, type DraftLine, emptyLine, readLine } from './contract-line.tsx'
import './texts.ts'

type Facts = { number: string; note: string; validFrom: string; validTo: string }

/** Enters a contract that was signed on paper, pack by pack. */
export function NewContract() {
  const { orgId, to } = useSupplier()
  const [, go] = useLocation()
  const [id] = useState(newId)
  const [buyer, setBuyer] = useState<Buyer | null>(null)
  const [facts, setFacts] = useState<Facts>(() => {
    const today = serviceDayOf(new Date())
    return { number: '', note: '', validFrom: today, validTo: addDays(today, 90) }
  })
  const [lines, setLines] = useState<DraftLine[]>(() => [emptyLine()])
  const write = useAct('pricing.writeContract', {
    changes: ['pricing.listContracts', 'catalogue.readManagedProduct'],
    onDone: () => {
      toast(t('pricing.saved'))
      go(to(`/contracts/${id}`), { replace: true })
    },
  })
  const flaw = flawsOf(write.error)
  const read = lines.map(readLine)
  const ready =
    facts.number.trim() !== '' &&
    isServiceDay(facts.validFrom) &&
    isServiceDay(facts.validTo) &&
    read.every((line) => line !== null)
  const submit = () => {
    if (!buyer || !orgId) return
    const body = {
      ...facts,
      supplierOrgId: orgId,
      buyerOrgId: buyer.id,
      lines: read.filter((line) => line !== null),
    }
    write.mutate({ params: { id }, body })
  }
  return (
    <>
      <PageHeader title={t('pricing.new')} back={to('/contracts')} />
      <div className="stack">
        <ProblemNote error={write.error} />
        <Card>
          <div className="stack">
            <TextField
              label={t('pricing.number')}
              hint={t('pricing.numberHint')}
              maxLength={40}
              value={facts.number}
              onText={(number) => setFacts({ ...facts, number })}
              error={flaw('/body/number')}
            />
            <BuyerChoice buyer={buyer} onBuyer={setBuyer} error={flaw('/body/buyerOrgId')} />
            <TextField
              label={t('pricing.from')}
              type="date"
              value={facts.validFrom}
              onText={(validFrom) => setFacts({ ...facts, validFrom })}
            />
            <TextField
              label={t('pricing.to')}
              type="date"
              value={facts.validTo}
              onText={(validTo) => setFacts({ ...facts, validTo })}
              error={flaw('/body/validTo')}
            />
            <TextArea
              label={t('pricing.note')}
              optional
              maxLength={300}
              value={facts.note}
              onText={(note) => setFacts({ ...facts, note })}
            />
          </div>
        </Card>
        {lines.map((line, at) => (
          <ContractLine
            key={line.key}
            n={at + 1}
            line={line}
            orgId={orgId}
            error={flaw(`/body/lines/${at}`)}
            onLine={(next) => setLines(lines.map((one) => (one.key === line.key ? next : one)))}
            {...(lines.length > 1 && {
              onRemove: () => setLines(lines.filter((one) => one.key !== line.key)),
            })}
          />
        ))}
        <Button icon="plus" onClick={() => setLines([...lines, emptyLine()])}>
          {t('pricing.add')}
        </Button>
      </div>
      <BottomBar>
        <Button
          tone="main"
          full
          busy={write.isPending}
          refused={ready && buyer ? undefined : t('pricing.incomplete')}
          onClick={submit}
        >
          {t('kit.save')}
        </Button>
      </BottomBar>
    </>
  )
}
