import { SANMING_COUNTIES } from '@huming/shared/districts'
import { CATEGORIES } from '@huming/shared/reference/categories'
import { EDIBLE_BASES, EDIBLE_BASIS_NAMES } from '@huming/shared/reference/papers'
import { useState } from 'react'
import type { Input } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../kit/button.tsx'
import { Checkbox, Select, TextArea, TextField } from '../kit/field.tsx'
import { Card } from '../kit/page.tsx'
import { PhotoInput } from '../kit/photo-input.tsx'
import { ProblemNote } from '../kit/states.tsx'
import { flawsOf } from './flaws.ts'
import { PictureChoice } from './picture-choice.tsx'
import type { ManagedProduct } from './product.tsx'
import { type Season, SeasonsEditor } from './seasons.tsx'
import { categoryWords } from './words.ts'
import '../papers/texts.ts'
import './product-texts.ts'

type Body = Input<'catalogue.writeProduct'>['body']
type Draft = Required<Omit<Body, 'orgId' | 'version' | 'aliases' | 'shortCodes' | 'seasons'>> & {
  aliases: string
  shortCodes: string
  seasons: Season[]
}

const draftOf = (product: ManagedProduct | undefined): Draft => ({
  name: product?.name ?? '',
  nameEn: product?.nameEn ?? '',
  description: product?.description ?? '',
  category: product?.category ?? '',
  edibleBasis: product?.edibleBasis ?? null,
  countyCode: product?.countyCode ?? '',
  picture: product?.picture ?? 'generic',
  photoFileId: product?.photoFileId ?? null,
  aliases: (product?.aliases ?? []).join('、'),
  shortCodes: (product?.shortCodes ?? []).join(' '),
  seasons: product?.seasons ?? [],
  story: product?.story ?? '',
  archived: product?.archived ?? false,
})

/** Goods of group A8 must say why they may be eaten. */
const isForest = (category: string): boolean => {
  const found = CATEGORIES.find((one) => one.id === category)
  return (found?.parent ?? found?.id) === 'A8'
}

const wordsOf = (text: string): string[] => text.split(/[\s,，、;；]+/u).filter((word) => word !== '')

interface ProductFormProps {
  id: string
  orgId: string
  product?: ManagedProduct
  onSaved: () => void
}

/** What a product is called, where it is from, when it is in season, and how it looks. */
export function ProductForm({ id, orgId, product, onSaved }: ProductFormProps) {
  const may = useMay()
  const [draft, setDraft] = useState(() => draftOf(product))
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }))
  const save = useAct('catalogue.writeProduct', {
    changes: ['catalogue.listProducts', 'catalogue.readManagedProduct'],
    onDone: onSaved,
  })
  const ready = draft.name.trim() !== '' && draft.category !== '' && draft.countyCode !== ''
  const submit = () => {
    const { aliases, shortCodes, ...fields } = draft
    const body = {
      ...fields,
      orgId,
      aliases: wordsOf(aliases),
      shortCodes: wordsOf(shortCodes.toUpperCase()),
      version: product?.version ?? 0,
    }
    save.mutate({ params: { id }, body })
  }
  return (
    <div className="stack coop-form">
      <Card title={t('coop.product.basics')}>
        <Basics draft={draft} set={set} error={save.error} />
      </Card>
      <Card title={t('coop.product.looks')}>
        <PhotoInput
          label={t('coop.product.photo')}
          visibility="public"
          max={1}
          ids={draft.photoFileId ? [draft.photoFileId] : []}
          onIds={(ids) => set({ photoFileId: ids[0] ?? null })}
        />
        {!draft.photoFileId && <PictureChoice value={draft.picture} onPick={(picture) => set({ picture })} />}
      </Card>
      <Card title={t('coop.product.season')}>
        <SeasonsEditor seasons={draft.seasons} onSeasons={(seasons) => set({ seasons })} />
      </Card>
      <Card title={t('coop.product.words')}>
        <Words draft={draft} set={set} error={save.error} known={product !== undefined} />
      </Card>
      <ProblemNote error={save.error} />
      {may('product.write') && (
        <Button
          tone="main"
          size="l"
          busy={save.isPending}
          refused={ready ? undefined : t('coop.incomplete')}
          onClick={submit}
        >
          {t('kit.save')}
        </Button>
      )}
    </div>
  )
}

type PartProps = { draft: Draft; set: (patch: Partial<Draft>) => void; error: unknown }

function Basics({ draft, set, error }: PartProps) {
  const flaw = flawsOf(error)
  return (
    <>
      <TextField
        label={t('coop.product.name')}
        maxLength={60}
        value={draft.name}
        onText={(name) => set({ name })}
        error={flaw('/body/name')}
      />
      <div className="coop-two">
        <Select
          label={t('coop.product.category')}
          value={draft.category}
          placeholder={t('coop.choose')}
          options={CATEGORIES.map(({ id }) => ({ value: id as string, label: categoryWords(id) }))}
          onPick={(category) => set({ category })}
          error={flaw('/body/category')}
        />
        <Select
          label={t('coop.product.county')}
          value={draft.countyCode}
          placeholder={t('coop.choose')}
          options={SANMING_COUNTIES.map(({ code, name }) => ({ value: code, label: named(name) }))}
          onPick={(countyCode) => set({ countyCode })}
          error={flaw('/body/countyCode')}
        />
      </div>
      {isForest(draft.category) && (
        <Select
          label={t('papers.edible_basis')}
          hint={t('papers.edibleHint')}
          value={draft.edibleBasis ?? ''}
          placeholder={t('coop.choose')}
          options={EDIBLE_BASES.map((one) => ({ value: one, label: named(EDIBLE_BASIS_NAMES[one]) }))}
          onPick={(edibleBasis) => set({ edibleBasis })}
        />
      )}
      <TextField
        label={t('coop.product.aliases')}
        optional
        hint={t('coop.product.aliasesHint')}
        value={draft.aliases}
        onText={(aliases) => set({ aliases })}
        error={flaw('/body/aliases')}
      />
      <TextField
        label={t('coop.product.shortCodes')}
        optional
        hint={t('coop.product.shortCodesHint')}
        value={draft.shortCodes}
        onText={(shortCodes) => set({ shortCodes })}
        error={flaw('/body/shortCodes')}
      />
    </>
  )
}

function Words({ draft, set, error, known }: PartProps & { known: boolean }) {
  const flaw = flawsOf(error)
  return (
    <>
      <TextField
        label={t('coop.product.nameEn')}
        optional
        maxLength={80}
        value={draft.nameEn}
        onText={(nameEn) => set({ nameEn })}
        error={flaw('/body/nameEn')}
      />
      <TextArea
        label={t('coop.product.description')}
        optional
        maxLength={1000}
        value={draft.description}
        onText={(description) => set({ description })}
        error={flaw('/body/description')}
      />
      <TextArea
        label={t('coop.product.story')}
        optional
        hint={t('coop.product.storyHint')}
        maxLength={1000}
        value={draft.story}
        onText={(story) => set({ story })}
        error={flaw('/body/story')}
      />
      {known && (
        <Checkbox
          label={t('coop.product.archive')}
          hint={t('coop.product.archiveHint')}
          checked={draft.archived}
          onCheck={(archived) => set({ archived })}
        />
      )}
    </>
  )
}
