import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { api, type Reply } from '../app/api.ts'
import { t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay, useMe } from '../app/session.ts'
import { Badge, StatusChip } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { signal } from '../kit/feedback.ts'
import { BottomBar, Card, PageHeader } from '../kit/page.tsx'
import { ScanBox } from '../kit/scan-box.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { NumberPad, type PadField, padNumber } from '../warehouse/number-pad.tsx'
import { entered, entryOf, nameOf, zoneName } from '../warehouse/words.ts'
import { CountReview } from './count-review.tsx'
import { kindName } from './goods.tsx'
import './texts.ts'

export type Count = Reply<'storing.readCount'>
export type CountLine = Count['lines'][number]

/** One bin: counted blind by one, counted again by another where it differs, decided by the lead. */
export function CountPage() {
  const { id = '' } = useParams<{ id: string }>()
  const query = useApi('storing.readCount', { params: { id } })
  return (
    <Loaded query={query}>
      {(count) => (
        <>
          <PageHeader
            title={count.bin}
            back="/stores/counts"
            sub={
              <>
                <StatusChip of="binCount" status={count.status} />
                <Badge>{zoneName(count.zone)}</Badge>
                <Badge>{kindName(count.kind)}</Badge>
              </>
            }
          />
          {count.status === 'open' || count.status === 'recount' ? (
            <Counting key={count.status} count={count} />
          ) : (
            <CountReview count={count} />
          )}
        </>
      )}
    </Loaded>
  )
}

type Counted = Pick<CountLine, 'lotId' | 'lotCode' | 'useByDay' | 'spec'> & Parameters<typeof entryOf>[0]

function Counting({ count }: { count: Count }) {
  const me = useMe()
  const may = useMay()
  const [, go] = useLocation()
  const [startedAt] = useState(() => new Date().toISOString())
  const [added, setAdded] = useState<Counted[]>([])
  const [active, setActive] = useState<string | null>(count.lines[0]?.lotId ?? null)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const lines: Counted[] = [...count.lines, ...added]
  const fields = lines.map(fieldOf)
  const act = useAct('storing.submitCount', {
    changes: ['storing.listCounts', 'storing.readCount', 'storing.listStock'],
    onDone: ({ status }) => {
      signal('right')
      toast(
        status === 'done'
          ? t('stores.count.agreed')
          : t(status === 'recount' ? 'stores.count.toSecond' : 'stores.count.toLead'),
      )
      go('/stores/counts')
    },
  })
  const find = async (code: string): Promise<true | string> => {
    const known = lines.find((line) => code.toUpperCase().includes(line.lotCode))
    const lot =
      known ??
      (await api('storing.scan', { params: { hubId: count.hubId }, query: { code: code.slice(0, 200) } }))
        .stock[0]
    if (!lot) return t('stores.count.notHere')
    if (!known && !lines.some((line) => line.lotId === lot.lotId)) setAdded([...added, lot])
    setActive(lot.lotId)
    return true
  }
  const empty = fields.filter((field) => padNumber(texts, field) === null).length
  const mayCount = may('stock.count') && !(count.status === 'recount' && count.firstById === me.person.id)
  const send = () =>
    act.mutate({
      params: { id: count.id },
      body: {
        startedAt,
        lines: lines.map((line) => {
          const entry = entryOf(line, 0)
          return { lotId: line.lotId, quantity: entered(padNumber(texts, fieldOf(line)) ?? 0, entry) }
        }),
      },
    })
  const field = fields.find((one) => one.key === active)
  return (
    <>
      <Note tone="info">{t(count.status === 'recount' ? 'stores.count.second' : 'stores.count.blind')}</Note>
      <div className="wh-split">
        <Card>
          <ScanBox label={t('stores.count.addLot')} onCode={find} />
          <ul className="stores-lots">
            {lines.map((line) => (
              <li key={line.lotId}>
                <button
                  type="button"
                  aria-pressed={line.lotId === active}
                  onClick={() => setActive(line.lotId)}
                >
                  <span>
                    <b>{nameOf(line)}</b>
                    <span className="wh-code-s">{line.lotCode}</span>
                  </span>
                  <b className="num">{texts[line.lotId] ?? '—'}</b>
                </button>
              </li>
            ))}
          </ul>
          <ProblemNote error={act.error} />
        </Card>
        {field && (
          <Card>
            <NumberPad
              key={field.key}
              fields={[field]}
              texts={texts}
              onText={(key, text) => setTexts({ ...texts, [key]: text })}
            />
          </Card>
        )}
      </div>
      <BottomBar>
        <Button
          tone="main"
          size="l"
          full
          icon="check"
          busy={act.isPending}
          refused={
            !mayCount
              ? t('stores.count.second')
              : empty > 0
                ? t('stores.count.needAll', { count: empty })
                : undefined
          }
          onClick={send}
        >
          {t('stores.count.send')}
        </Button>
      </BottomBar>
    </>
  )
}

/** Ordering units, with parts of them where they are weighed: what a person counts on a shelf. */
function fieldOf(line: Counted): PadField {
  const { unit, decimals } = entryOf(line, 0)
  const parts = line.baseUnit === 'piece' ? 0 : 3
  return {
    key: line.lotId,
    label: `${nameOf(line)} ${line.lotCode}`,
    unit,
    decimals: Math.max(decimals, parts),
  }
}
