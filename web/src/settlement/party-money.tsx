import { useParams } from 'wouter'
import { MoneyOf } from './money.tsx'

/** A party's money as operations sees it. */
export function PartyMoneyPage() {
  const { orgId = '' } = useParams<{ orgId: string }>()
  return <MoneyOf orgId={orgId} back="/payouts" />
}
