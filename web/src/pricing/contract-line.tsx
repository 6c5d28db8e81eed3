import { newId } from '@huming/shared/ids'
import { parseUnitPrice } from '@huming/shared/money'
import { unitName } from '@huming/shared/units'
import type { Input, Reply } from '../app/api.ts'
import { locale, named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { IconButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { Note } from '../kit/states.tsx'
import './texts.ts'

type Sku = Reply<'catalogue.listProducts'>['items'][number]['skus'][number]
export type DraftLine = {
  readonly key: string
  skuId: string
  kind: 'fixed' | 'discount'
  yuan: string
  percent: string
  referenceKey: string
  limitUnits: number | null
}
export const emptyLine = (): DraftLine => ({
  key: newId(),
  skuId: '',
  kind: 'fixed',
  yuan: '',
  percent: '',
  referenceKey: '',
  limitUnits: null,
})

/** "8.5" → 850; null for what is no share below 100 % with at most two decimals. */
export const readPercent = (text: string): number | null => {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

/** The line as the door takes it; null while something is missing. */
export function readLine(line: DraftLine): Input<'pricing.writeContract'>['body']['lines'][number] | null {
  const { skuId, limitUnits } = line
  if (skuId === '') return null
  if (line.kind === 'fixed') {
    const centifen = parseUnitPrice(line.yuan)
    return centifen !== null && centifen > 0 ? { skuId, limitUnits, centifen } : null
  }
  const discountBp = readPercent(line.percent)
  const { referenceKey } = line
  return discountBp !== null && referenceKey !== '' ? { skuId, limitUnits, discountBp, referenceKey } : null
}

type Props = {
  n: number
  line: DraftLine
  orgId: string | undefined
  error: string | undefined
  onLine: (line: DraftLine) => void
  onRemove?: () => void
}

/** A pack of the contract with how it is priced and how much is agreed on. */
export function ContractLine({ n, line, orgId, error, onLine, onRemove }: Props) {
  const products = useApi('catalogue.listProducts', { query: { orgId, limit: 200 } })
  const packs = (products.data?.items ?? []).flatMap((product) =>
    product.skus.filter((sku) => !sku.archived).map((sku) => ({ product, sku })),
  )
  const sku = packs.find((one) => one.sku.id === line.skuId)?.sku
  const set = (patch: Partial<DraftLine>) => onLine({ ...line, ...patch })
  return (
    <Card
      title={t('pricing.line', { n })}
      side={onRemove && <IconButton icon="trash" label={t('pricing.remove', { n })} onClick={onRemove} />}
    >
      <div className="stack">
        {error && <Note tone="bad">{error}</Note>}
        <Select
          label={t('pricing.goods')}
          placeholder={t('pricing.choose')}
          value={line.skuId}
          options={packs.map((one) => ({
            value: one.sku.id,
            label: `${named({ zh: one.product.name, en: one.product.nameEn })} · ${one.sku.spec}`,
          }))}
          onPick={(skuId) => set({ skuId })}
        />
        <Segmented
          label={t('pricing.kind')}
          value={line.kind}
          options={(['fixed', 'discount'] as const).map((value) => ({
            value,
            label: t(`pricing.kind.${value}`),
          }))}
          onPick={(kind) => set({ kind })}
        />
        {line.kind === 'fixed' ? (
          <Fixed line={line} sku={sku} set={set} />
        ) : (
          <Discount line={line} set={set} />
        )}
        <NumberField
          label={t('pricing.limit')}
          hint={t('pricing.limitHint')}
          optional
          after={sku ? unitName(sku.orderUnit, locale()) : ''}
          min={1}
          max={10_000_000}
          value={line.limitUnits}
          onNumber={(limitUnits) => set({ limitUnits })}
        />
      </div>
    </Card>
  )
}

type PartProps = { line: DraftLine; set: (patch: Partial<DraftLine>) => void }

function Fixed({ line, sku, set }: PartProps & { sku: Sku | undefined }) {
  return (
    <TextField
      label={t('pricing.price')}
      after={sku && t('kit.per', { unit: unitName(sku.priceUnit, locale()) })}
      inputMode="decimal"
      maxLength={12}
      value={line.yuan}
      onText={(yuan) => set({ yuan })}
    />
  )
}

function Discount({ line, set }: PartProps) {
  const figures = useApi('pricing.listReferences', { query: { limit: 200 } })
  const keys = [...new Set((figures.data?.items ?? []).map((one) => one.key))]
  return (
    <>
      <Select
        label={t('pricing.reference')}
        placeholder={t('pricing.choose')}
        value={line.referenceKey}
        options={keys.map((value) => ({ value, label: value }))}
        onPick={(referenceKey) => set({ referenceKey })}
      />
      <TextField
        label={t('pricing.discount')}
        inputMode="decimal"
        maxLength={5}
        value={line.percent}
        onText={(percent) => set({ percent })}
      />
    </>
  )
}
