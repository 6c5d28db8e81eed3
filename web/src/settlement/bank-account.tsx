import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { momentWords } from '../coop/words.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'
import { Card, Facts } from '../kit/page.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import type { PartyMoney } from './money.tsx'
import './texts.ts'

/** Where a party is paid; only the last digits are shown. */
export function BankAccount({ money, mayChange }: { money: PartyMoney; mayChange: boolean }) {
  const [changing, setChanging] = useState(false)
  const { bankAccount } = money
  return (
    <Card title={t('money.account')}>
      {bankAccount ? (
        <Facts
          of={[
            [t('money.holder'), bankAccount.holder],
            [t('money.bankName'), bankAccount.bankName],
            [t('money.number'), t('money.tail', { four: bankAccount.lastFour })],
            [t('money.day'), momentWords(bankAccount.at)],
          ]}
        />
      ) : (
        <Note tone="warn">{t('money.accountNone')}</Note>
      )}
      {mayChange && <Button onClick={() => setChanging(true)}>{t('money.accountChange')}</Button>}
      {changing && <AccountDialog orgId={money.orgId} onClose={() => setChanging(false)} />}
    </Card>
  )
}

function AccountDialog({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState({ holder: '', bankName: '', bankCode: '', number: '' })
  const write = useAct('settlement.writeBankAccount', {
    changes: ['settlement.money'],
    onDone: () => {
      toast(t('money.accountSaved'))
      onClose()
    },
  })
  const number = draft.number.replaceAll(/\s/g, '')
  const ready =
    draft.holder.trim().length > 1 &&
    draft.bankName.trim().length > 1 &&
    /^\d{12}$/.test(draft.bankCode) &&
    /^\d{8,30}$/.test(number)
  const foot = (
    <Button
      tone="main"
      busy={write.isPending}
      refused={ready ? undefined : t('settle.incomplete')}
      onClick={() => write.mutate({ params: { orgId, id }, body: { ...draft, number } })}
    >
      {t('kit.save')}
    </Button>
  )
  const field = (key: keyof typeof draft, digits = false) => (
    <TextField
      label={t(`money.${key}`)}
      value={draft[key]}
      autoComplete="off"
      {...(digits ? { inputMode: 'numeric' as const } : {})}
      onText={(text) => setDraft({ ...draft, [key]: text })}
    />
  )
  return (
    <Dialog open onClose={onClose} title={t('money.accountChange')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <Note>{t('money.accountHint')}</Note>
        {field('holder')}
        {field('bankName')}
        {field('bankCode', true)}
        {field('number', true)}
      </div>
    </Dialog>
  )
}
