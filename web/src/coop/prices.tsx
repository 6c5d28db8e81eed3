import { isServiceDay, serviceDayOf } from '@huming/shared/days'
import { formatUnitPrice, parseUnitPrice } from '@huming/shared/money'
import { BUYER_CLASS_IDS, BUYER_CLASSES, type BuyerClass } from '@huming/shared/reference/buyer-classes'
import { unitName } from '@huming/shared/units'
import { useState } from 'react'
import { locale, named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import { flawsOf } from './flaws.ts'
import type { Sku } from './pack-draft.ts'
import type { ManagedProduct } from './product.tsx'
import './product-texts.ts'

type PriceList = ManagedProduct['priceLists'][number]
type Tier = { fromUnits: number | null; yuan: string }

const tiersMax = 6
const kinds = ['fixed', 'daily', 'season'] as const
type Kind = (typeof kinds)[number]

/** 148 000 → "14.80". */
const yuanOf = (centifen: number): string =>
  formatUnitPrice(centifen, '')
    .replace(/^¥|\/$/g, '')
    .replaceAll(',', '')

function tiersOf(lists: readonly PriceList[], audience: BuyerClass | ''): Tier[] {
  const list = lists.find(
    (one) => one.inForce && one.buyerOrgId === null && (one.buyerClass ?? '') === audience,
  )
  const tiers = list?.tiers.map(({ fromUnits, centifen }) => ({ fromUnits, yuan: yuanOf(centifen) }))
  return tiers ?? [{ fromUnits: 1, yuan: '' }]
}

interface PricesProps {
  sku: Sku
  lists: readonly PriceList[]
  onClose: () => void
}

/** New prices from a day on, in yuan per pricing unit, with steps for larger orders. */
export function PricesDialog({ sku, lists, onClose }: PricesProps) {
  const [audience, setAudience] = useState<BuyerClass | ''>('')
  const [kind, setKind] = useState<Kind>('fixed')
  const [validFrom, setValidFrom] = useState<string>(() => serviceDayOf(new Date()))
  const [tiers, setTiers] = useState(() => tiersOf(lists, ''))
  const write = useAct('catalogue.writePrices', {
    changes: ['catalogue.readManagedProduct', 'catalogue.listProducts'],
    onDone: () => {
      toast(t('coop.prices.saved'))
      onClose()
    },
  })
  const read = tiers.map(({ fromUnits, yuan }) => ({ fromUnits, centifen: parseUnitPrice(yuan) }))
  const ready =
    isServiceDay(validFrom) && read.every((one) => one.fromUnits !== null && (one.centifen ?? 0) > 0)
  const submit = () => {
    const told = read.map(({ fromUnits, centifen }) => ({
      fromUnits: fromUnits ?? 1,
      centifen: centifen ?? 0,
    }))
    write.mutate({
      params: { id: sku.id },
      body: {
        buyerClass: audience === '' ? null : audience,
        validFrom,
        ...(kind === 'daily' && { validTo: validFrom }),
        kind,
        tiers: told,
      },
    })
  }
  const foot = (
    <Button
      tone="main"
      busy={write.isPending}
      refused={ready ? undefined : t('coop.prices.incomplete')}
      onClick={submit}
    >
      {t('kit.save')}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={t('coop.prices.set')} foot={foot}>
      <div className="stack">
        <ProblemNote error={write.error} />
        <Select
          label={t('coop.prices.who')}
          value={audience === '' ? 'all' : audience}
          options={[
            { value: 'all', label: t('coop.prices.everyone') },
            ...BUYER_CLASS_IDS.map((value) => ({ value, label: named(BUYER_CLASSES[value]) })),
          ]}
          onPick={(value) => {
            const next = value === 'all' ? '' : value
            setAudience(next)
            setTiers(tiersOf(lists, next))
          }}
        />
        <TextField
          label={t('coop.prices.validFrom')}
          hint={t('coop.prices.validFromHint')}
          type="date"
          value={validFrom}
          onText={setValidFrom}
          error={flawsOf(write.error)('/body/validTo')}
        />
        <Segmented
          label={t('coop.prices.kind')}
          value={kind}
          options={kinds.map((value) => ({ value, label: t(`coop.prices.kind.${value}`) }))}
          onPick={setKind}
        />
        {kind === 'daily' && <Note>{t('coop.prices.dailyHint')}</Note>}
        <Tiers sku={sku} tiers={tiers} onTiers={setTiers} error={write.error} />
      </div>
    </Dialog>
  )
}

interface TiersProps {
  sku: Sku
  tiers: readonly Tier[]
  onTiers: (tiers: Tier[]) => void
  error: unknown
}

function Tiers({ sku, tiers, onTiers, error }: TiersProps) {
  const flaw = flawsOf(error)
  const change = (at: number, patch: Partial<Tier>) =>
    onTiers(tiers.map((tier, index) => (index === at ? { ...tier, ...patch } : tier)))
  const wrong = (yuan: string) =>
    yuan.trim() !== '' && !((parseUnitPrice(yuan) ?? 0) > 0) ? t('coop.prices.notYuan') : undefined
  return (
    <>
      {tiers.map((tier, index) => (
        // A tier has no id of its own; its place is what it is known by.
        // oxlint-disable-next-line react/no-array-index-key
        <div className="coop-tier" key={index}>
          <NumberField
            label={t('coop.prices.fromLabel')}
            after={unitName(sku.orderUnit, locale())}
            min={1}
            max={9999}
            value={tier.fromUnits}
            onNumber={(fromUnits) => change(index, { fromUnits })}
          />
          <TextField
            label={t('coop.prices.price')}
            after={t('kit.per', { unit: unitName(sku.priceUnit, locale()) })}
            inputMode="decimal"
            maxLength={12}
            value={tier.yuan}
            onText={(yuan) => change(index, { yuan })}
            error={flaw(`/body/tiers/${index}`) ?? wrong(tier.yuan)}
          />
          <IconButton
            icon="trash"
            label={t('coop.prices.remove', { n: index + 1 })}
            disabled={tiers.length === 1}
            onClick={() => onTiers(tiers.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {tiers.length < tiersMax && (
        <div>
          <Button icon="plus" onClick={() => onTiers([...tiers, { fromUnits: null, yuan: '' }])}>
            {t('coop.prices.addTier')}
          </Button>
        </div>
      )}
    </>
  )
}
