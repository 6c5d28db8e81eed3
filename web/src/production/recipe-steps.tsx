import { t } from '../app/i18n.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { NumberField } from '../kit/number-field.tsx'
import { Card } from '../kit/page.tsx'
import { type DraftStep, emptyStep } from './recipe-draft.ts'

interface StepsProps {
  steps: readonly DraftStep[]
  onSteps: (steps: DraftStep[]) => void
  flaw: (pointer: string) => string | undefined
}

/** The steps of the work; a limit of temperature makes one a critical control point. */
export function RecipeSteps({ steps, onSteps, flaw }: StepsProps) {
  const set = (key: string, patch: Partial<DraftStep>) =>
    onSteps(steps.map((one) => (one.key === key ? { ...one, ...patch } : one)))
  return (
    <Card title={t('making.recipe.steps')}>
      {steps.map((step, i) => (
        <div key={step.key} className="making-step">
          <TextField
            label={t('making.recipe.stepName', { n: i + 1 })}
            maxLength={60}
            value={step.name}
            onText={(name) => set(step.key, { name })}
            error={flaw(`/body/steps/${i}/name`)}
          />
          <div className="making-step-fields">
            <NumberField
              label={t('making.recipe.stepMinutes')}
              optional
              min={1}
              max={10_080}
              value={step.minutes}
              onNumber={(minutes) => set(step.key, { minutes })}
            />
            <NumberField
              label={t('making.recipe.stepMin')}
              optional
              min={-60}
              max={250}
              decimals={1}
              value={step.min}
              onNumber={(min) => set(step.key, { min })}
              error={flaw(`/body/steps/${i}/minDeciC`)}
            />
            <NumberField
              label={t('making.recipe.stepMax')}
              optional
              min={-60}
              max={250}
              decimals={1}
              value={step.max}
              onNumber={(max) => set(step.key, { max })}
            />
            <IconButton
              icon="trash"
              label={t('making.recipe.remove', { name: step.name || String(i + 1) })}
              onClick={() => onSteps(steps.filter((one) => one !== step))}
            />
          </div>
        </div>
      ))}
      <Button icon="plus" onClick={() => onSteps([...steps, emptyStep()])}>
        {t('making.recipe.addStep')}
      </Button>
    </Card>
  )
}
