import { useEffect } from 'react'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { LinkButton } from '../kit/button.tsx'
import { Checkbox } from '../kit/field.tsx'
import { EmptyState, Loaded } from '../kit/states.tsx'
import { AmountField } from './amount-field.tsx'
import type { Lot } from './lots.tsx'
import { useSupplier } from './scope.tsx'
import { dayWords, packingOf, quantityWords } from './words.ts'

interface LotsProps {
  orgId: string
  hubId: string
  /** Lot id → base units; 0 for all of it. */
  lines: ReadonlyMap<string, number>
  onLines: (lines: ReadonlyMap<string, number>) => void
  flaw: (pointer: string) => string | undefined
}

/** The lots that are made and bound for the hub: which go on the truck, and how much of each. */
export function ConsignmentLots({ orgId, hubId, lines, onLines, flaw }: LotsProps) {
  const { to } = useSupplier()
  const made = useApi(
    'stock.listLots',
    { query: { orgId, hubId, stage: 'made', limit: 200 } },
    { enabled: hubId !== '' },
  )
  useAllOfZero(made.data?.items, lines, onLines)
  const put = (lotId: string, quantity: number | null) => {
    const next = new Map(lines)
    if (quantity === null) next.delete(lotId)
    else next.set(lotId, quantity)
    onLines(next)
  }
  const order = [...lines.keys()]
  return (
    <Loaded
      query={made}
      empty={{
        when: (page) => page.items.length === 0,
        show: (
          <EmptyState
            icon="layers"
            title={t('coop.consignment.noMade')}
            text={t('coop.consignment.noMadeText')}
          >
            <LinkButton to={to('/lots/new')} tone="main" icon="plus">
              {t('coop.lot.declare')}
            </LinkButton>
          </EmptyState>
        ),
      }}
    >
      {(page) => (
        <ul className="coop-list">
          {page.items.map((lot) => (
            <li key={lot.id} className="stack" style={{ ['--gap' as string]: '8px' }}>
              <Checkbox
                label={
                  <>
                    <b>{named({ zh: lot.name, en: lot.nameEn })}</b> {quantityWords(lot.quantity, lot)}
                  </>
                }
                hint={`${lot.code} · ${t('coop.lot.useBy', { day: dayWords(lot.useByDay) })}`}
                checked={lines.has(lot.id)}
                onCheck={(on) => put(lot.id, on ? lot.quantity : null)}
              />
              {lines.has(lot.id) && (
                <AmountField
                  key={lines.get(lot.id) === 0 ? 'unread' : 'read'}
                  label={t('coop.consignment.quantity', { lot: lot.code })}
                  units={[
                    lot.orderUnit,
                    lot.baseUnit === 'g' ? 'kg' : lot.baseUnit === 'ml' ? 'litre' : 'piece',
                  ]}
                  packing={packingOf(lot)}
                  base={lines.get(lot.id) ?? null}
                  onBase={(base) => base !== null && put(lot.id, base)}
                  error={flaw(`/body/lines/${order.indexOf(lot.id)}`)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  )
}

/** Puts the whole quantity where the page was opened for a lot whose quantity was not known yet. */
function useAllOfZero(
  lots: readonly Lot[] | undefined,
  lines: LotsProps['lines'],
  onLines: LotsProps['onLines'],
): void {
  useEffect(() => {
    if (!lots || ![...lines.values()].includes(0)) return
    const known = new Map(lots.map((lot) => [lot.id, lot.quantity]))
    const told = [...lines].map(([lotId, quantity]) => [lotId, quantity || known.get(lotId)] as const)
    onLines(new Map(told.filter((line): line is [string, number] => line[1] !== undefined)))
  }, [lots, lines, onLines])
}
