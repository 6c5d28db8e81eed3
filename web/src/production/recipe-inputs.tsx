import { useState } from 'react'
import { t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { AmountField } from '../coop/amount-field.tsx'
import { useSupplier } from '../coop/scope.tsx'
import { IconButton, LinkButton } from '../kit/button.tsx'
import { Combobox } from '../kit/combobox.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import type { DraftInput } from './recipe-draft.ts'
import { nameOf, worksPacking, worksUnits } from './words.ts'

interface InputsProps {
  inputs: readonly DraftInput[]
  onInputs: (inputs: DraftInput[]) => void
  flaw: (pointer: string) => string | undefined
  /** The pack that is made, which cannot go into itself. */
  besides: string | undefined
}

/** What goes in: found by typing, with its net quantity and its loss. */
export function RecipeInputs({ inputs, onInputs, flaw, besides }: InputsProps) {
  const { orgId, to } = useSupplier()
  const [text, setText] = useState('')
  const found = useApi(
    'production.listMaterials',
    { query: { orgId, search: text } },
    { enabled: text.trim() !== '', keep: true },
  )
  const taken = new Set([besides, ...inputs.map((input) => input.pack.skuId)])
  const choices = text.trim() === '' ? [] : (found.data?.items ?? []).filter((one) => !taken.has(one.skuId))
  const set = (skuId: string, patch: Partial<DraftInput>) =>
    onInputs(inputs.map((one) => (one.pack.skuId === skuId ? { ...one, ...patch } : one)))
  return (
    <Card
      title={t('making.recipe.inputs')}
      side={
        <LinkButton to={to('/making/store/new')} tone="quiet" icon="plus">
          {t('making.material.new')}
        </LinkButton>
      }
    >
      {inputs.map((input, i) => (
        <div key={input.pack.skuId} className="making-input">
          <b>
            {nameOf(input.pack)} <span className="muted small">{input.pack.supplier}</span>
          </b>
          <div className="making-input-fields">
            <AmountField
              label={`${t('making.recipe.net')} ${nameOf(input.pack)}`}
              hideLabel
              units={worksUnits(input.pack.baseUnit)}
              packing={worksPacking(input.pack.baseUnit)}
              base={input.quantity}
              onBase={(quantity) => set(input.pack.skuId, { quantity })}
              error={flaw(`/body/inputs/${i}`)}
            />
            <NumberField
              label={t('making.recipe.loss')}
              after="%"
              min={0}
              max={90}
              decimals={1}
              value={input.lossPercent}
              onNumber={(lossPercent) => set(input.pack.skuId, { lossPercent })}
            />
            <IconButton
              icon="trash"
              label={t('making.recipe.remove', { name: nameOf(input.pack) })}
              onClick={() => onInputs(inputs.filter((one) => one !== input))}
            />
          </div>
        </div>
      ))}
      <Combobox
        label={t('making.recipe.addInput')}
        placeholder={t('making.search')}
        text={text}
        onText={setText}
        items={choices}
        itemKey={(one) => one.skuId}
        busy={found.isFetching}
        onPick={(pack) => {
          onInputs([...inputs, { pack, quantity: null, lossPercent: 0 }])
          setText('')
        }}
      >
        {(one) => (
          <span>
            <b>{nameOf(one)}</b>{' '}
            <span className="muted small">
              {one.spec} · {one.supplier}
            </span>
          </span>
        )}
      </Combobox>
    </Card>
  )
}
