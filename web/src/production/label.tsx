import { newId } from '@huming/shared/ids'
import { ADDITIVE_CLASS_IDS, ADDITIVE_CLASSES, type AdditiveClass } from '@huming/shared/reference/additives'
import { DISH_CLASS_NAMES, DISH_QUESTIONS, type DishAnswers } from '@huming/shared/reference/prepared-dish'
import { useState } from 'react'
import { useParams } from 'wouter'
import type { Reply } from '../app/api.ts'
import { named, t } from '../app/i18n.ts'
import { useAct, useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { flawsOf } from '../coop/flaws.ts'
import { useSupplier } from '../coop/scope.tsx'
import { Button, IconButton } from '../kit/button.tsx'
import { Segmented } from '../kit/choose.tsx'
import { Select, TextField } from '../kit/field.tsx'
import { BottomBar, Card, Facts, PageHeader } from '../kit/page.tsx'
import { Loaded, Note, ProblemNote } from '../kit/states.tsx'
import { toast } from '../kit/toast.tsx'
import './production.css'
import './texts.ts'
import { allergenWords, nameOf } from './words.ts'

type Label = Reply<'production.readLabel'>
interface Line {
  key: string
  name: string
  additiveClass: AdditiveClass | null
}

/** What the label of a pack says, and whether the pack is a prepared dish. */
export function LabelPage() {
  const { skuId = '' } = useParams<{ skuId: string }>()
  const label = useApi('production.readLabel', { params: { skuId } })
  return <Loaded query={label}>{(found) => <LabelForm key={found.version} label={found} />}</Loaded>
}

const linesOf = (ingredients: Label['ingredients']): Line[] =>
  ingredients.map((one) => ({ key: newId(), name: one.name, additiveClass: one.additiveClass ?? null }))

function LabelForm({ label }: { label: Label }) {
  const { to } = useSupplier()
  const writes = useMay()('production.write')
  const [lines, setLines] = useState(() => linesOf(label.ingredients))
  const [standard, setStandard] = useState(label.productStandard)
  const [licence, setLicence] = useState(label.scNumber)
  const [answers, setAnswers] = useState<DishAnswers>(label.answers)
  const write = useAct('production.writeLabel', {
    changes: ['production.readLabel', 'production.lotLabel'],
    onDone: () => toast(t('making.label.saved')),
  })
  const submit = () => {
    const ingredients = lines
      .filter((line) => line.name.trim())
      .map(({ name, additiveClass }) => ({ name, additiveClass }))
    write.mutate({
      params: { skuId: label.skuId },
      body: { ingredients, productStandard: standard, scNumber: licence, answers, version: label.version },
    })
  }
  return (
    <>
      <PageHeader title={nameOf(label)} back={to('/making/recipes')} sub={label.spec} />
      <div className="stack coop-form">
        {label.warnings.map((warning) => (
          <Note key={warning} tone="warn">
            {t(`making.label.warn.${warning}`)}
          </Note>
        ))}
        <Ingredients lines={lines} onLines={setLines} proposed={label.proposed} />
        <Card>
          <div className="coop-two">
            <TextField
              label={t('making.label.standard')}
              maxLength={40}
              value={standard}
              onText={setStandard}
            />
            <TextField
              label={t('making.label.licence')}
              maxLength={20}
              value={licence}
              onText={setLicence}
              error={flawsOf(write.error)('/body/scNumber')}
            />
          </div>
          <Facts
            of={[
              [t('making.label.allergens'), allergenWords(label.allergens)],
              [t('making.label.storage'), label.storage],
              [t('making.material.shelfLife'), t('making.label.shelfLife', { days: label.shelfLifeDays })],
            ]}
          />
        </Card>
        <Dish label={label} answers={answers} onAnswers={setAnswers} />
        <ProblemNote error={write.error} />
        {writes && (
          <BottomBar>
            <Button tone="main" size="l" full busy={write.isPending} onClick={submit}>
              {t('making.label.save')}
            </Button>
          </BottomBar>
        )}
      </div>
    </>
  )
}

interface IngredientsProps {
  lines: readonly Line[]
  onLines: (lines: Line[]) => void
  proposed: Label['proposed']
}

function Ingredients({ lines, onLines, proposed }: IngredientsProps) {
  const set = (key: string, patch: Partial<Line>) =>
    onLines(lines.map((line) => (line.key === key ? { ...line, ...patch } : line)))
  return (
    <Card
      title={t('making.label.ingredients')}
      side={
        proposed.length > 0 && (
          <Button tone="quiet" icon="refresh" onClick={() => onLines(linesOf(proposed))}>
            {t('making.label.propose')}
          </Button>
        )
      }
    >
      {lines.map((line, i) => (
        <div key={line.key} className="making-ingredient">
          <TextField
            label={t('making.label.ingredient', { n: i + 1 })}
            hideLabel
            maxLength={60}
            value={line.name}
            onText={(name) => set(line.key, { name })}
          />
          <Select
            label={`${t('making.label.additive')} ${i + 1}`}
            hideLabel
            value={line.additiveClass ?? 'none'}
            options={[
              { value: 'none', label: t('making.label.noAdditive') },
              ...ADDITIVE_CLASS_IDS.map((value) => ({
                value: value as string,
                label: named(ADDITIVE_CLASSES[value]),
              })),
            ]}
            onPick={(value) =>
              set(line.key, { additiveClass: ADDITIVE_CLASS_IDS.find((one) => one === value) ?? null })
            }
          />
          <IconButton
            icon="trash"
            label={t('making.recipe.remove', { name: line.name || String(i + 1) })}
            onClick={() => onLines(lines.filter((other) => other !== line))}
          />
        </div>
      ))}
      <Button
        icon="plus"
        onClick={() => onLines([...lines, { key: newId(), name: '', additiveClass: null }])}
      >
        {t('making.label.add')}
      </Button>
    </Card>
  )
}

interface DishProps {
  label: Label
  answers: DishAnswers
  onAnswers: (answers: DishAnswers) => void
}

/** The questions of the notice in their order; the server says what follows. */
function Dish({ label, answers, onAnswers }: DishProps) {
  const { preparedDishClass } = label
  if (preparedDishClass === 'agri' || preparedDishClass === 'not_food') return null
  return (
    <Card title={t('making.label.dish')}>
      <p>
        <b>
          {preparedDishClass
            ? t('making.label.dishIs', { what: named(DISH_CLASS_NAMES[preparedDishClass]) })
            : t('making.label.dishOpen')}
        </b>
      </p>
      {DISH_QUESTIONS.map((question) => (
        <div key={question} className="row spread">
          <span className="grow">{t(`making.label.q.${question}`)}</span>
          <Segmented
            label={t(`making.label.q.${question}`)}
            value={answers[question] === undefined ? '' : answers[question] ? 'yes' : 'no'}
            options={[
              { value: 'yes', label: t('making.label.yes') },
              { value: 'no', label: t('making.label.no') },
            ]}
            onPick={(value) => onAnswers({ ...answers, [question]: value === 'yes' })}
          />
        </div>
      ))}
    </Card>
  )
}
