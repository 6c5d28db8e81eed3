import type { crateCorrections } from '@huming/shared/contracts/crates'
import { newId } from '@huming/shared/ids'
import { useState } from 'react'
import { ApiProblem } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { type Counts, CrateCounts, countsOf, useCrateTypes } from '../crates/crate-counts.tsx'
import { ActDrawer } from '../kit/act-drawer.tsx'
import { Segmented } from '../kit/choose.tsx'
import { TextField } from '../kit/field.tsx'
import { toast } from '../kit/toast.tsx'
import type { Party } from './crates.tsx'
import '../crates/texts.ts'

type Props = { hubId: string; party: Party; onClose: () => void }
type Correction = (typeof crateCorrections)[number]
const corrections: readonly Correction[] = ['lost', 'broken', 'found', 'bought']
const changes = ['crates.balances', 'crates.statement', 'crates.mine'] as const

/** Crates pass between the hub and a party, counted together. */
export function HandOverDrawer({ hubId, party, onClose }: Props) {
  const types = useCrateTypes().filter(
    (type) => type.closedAt === null || party.counts.some((one) => one.typeId === type.id),
  )
  const [id] = useState(newId)
  const [direction, setDirection] = useState<'to_party' | 'from_party'>(
    party.total > 0 ? 'from_party' : 'to_party',
  )
  const [counts, setCounts] = useState<Counts>({})
  const [reason, setReason] = useState('')
  const act = useAct('crates.handOver', {
    changes: [...changes],
    onDone: (done) => {
      const found = done.found.reduce((sum, one) => sum + one.count, 0)
      toast(t('crates.handed', { name: party.name, count: done.party.total }))
      if (found > 0) toast(t('crates.found', { count: found }), { tone: 'warn' })
      onClose()
    },
  })
  const list = countsOf(counts)
  const short = act.error instanceof ApiProblem && act.error.code === 'crates_short'
  return (
    <ActDrawer
      title={`${party.name} · ${t('crates.handOver')}`}
      onClose={onClose}
      act={act}
      save={t('crates.save')}
      size="l"
      icon="check"
      refused={list.length === 0 ? t('crates.title') : undefined}
      onSave={() =>
        act.mutate({
          params: { id },
          body: { hubId, party: { kind: party.kind, id: party.id }, direction, counts: list, reason },
        })
      }
    >
      <Segmented
        label={t('crates.direction')}
        value={direction}
        options={[
          { value: 'to_party', label: t('crates.toParty') },
          { value: 'from_party', label: t('crates.fromParty') },
        ]}
        onPick={setDirection}
      />
      <CrateCounts
        types={types}
        counts={counts}
        onCounts={setCounts}
        label={t(direction === 'to_party' ? 'crates.toParty' : 'crates.fromParty')}
      />
      {(short || reason) && (
        <TextField
          label={t('crates.reason')}
          hint={t('crates.reasonHint')}
          size="l"
          maxLength={200}
          value={reason}
          onText={setReason}
        />
      )}
    </ActDrawer>
  )
}

/** Crates leave the pool or join it, with the reason. */
export function CorrectDrawer({ hubId, party, onClose }: Props) {
  const types = useCrateTypes()
  const [id] = useState(newId)
  const [kind, setKind] = useState<Correction>('lost')
  const [counts, setCounts] = useState<Counts>({})
  const [reason, setReason] = useState('')
  const act = useAct('crates.correct', {
    changes: [...changes],
    onDone: (done) => {
      toast(t('crates.handed', { name: party.name, count: done.party.total }))
      onClose()
    },
  })
  const list = countsOf(counts)
  const wanting =
    list.length === 0 ? t('crates.title') : reason.trim().length < 2 ? t('crates.why') : undefined
  const body = { hubId, party: { kind: party.kind, id: party.id }, kind, counts: list, reason }
  return (
    <ActDrawer
      title={`${party.name} · ${t('crates.correct')}`}
      onClose={onClose}
      act={act}
      save={t('crates.save')}
      tone={kind === 'lost' || kind === 'broken' ? 'danger' : 'main'}
      size="l"
      icon="check"
      refused={wanting}
      onSave={() => act.mutate({ params: { id }, body })}
    >
      <Segmented
        label={t('crates.kindOf')}
        value={kind}
        options={corrections.map((value) => ({ value, label: t(`crates.move.${value}`) }))}
        onPick={setKind}
      />
      <CrateCounts types={types} counts={counts} onCounts={setCounts} label={t(`crates.move.${kind}`)} />
      <TextField label={t('crates.why')} size="l" maxLength={200} value={reason} onText={setReason} />
    </ActDrawer>
  )
}
