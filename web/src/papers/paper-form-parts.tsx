import { checkSc, SC_CLASSES } from '@huming/shared/identifiers/sc'
import { subjectOf } from '@huming/shared/paper-rules'
import { CATEGORIES } from '@huming/shared/reference/categories'
import type { PaperId } from '@huming/shared/reference/papers'
import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { useSupplier } from '../coop/scope.tsx'
import { Checkbox, Select } from '../kit/field.tsx'
import { Loaded } from '../kit/states.tsx'

interface ClassesProps {
  draft: { number: string; scope: readonly string[]; productIds: readonly string[] }
  onScope: (scope: string[]) => void
  error: string | undefined
}

const classes = Object.keys(SC_CLASSES).sort()
/** Classes of goods that are traded here; the others are folded away. */
const traded = new Set(CATEGORIES.flatMap((one) => (one.scClass ? [one.scClass.slice(1)] : [])))

/** The classes of a production licence, the main class of the number marked. */
export function Classes({ draft, onScope, error }: ClassesProps) {
  const sc = checkSc(draft.number)
  const main = sc.ok && sc.of === 'food' ? `1${sc.mainClass}` : null
  const chosen = new Set(draft.scope)
  const toggle = (id: string, on: boolean) =>
    onScope(on ? [...draft.scope, id] : draft.scope.filter((one) => one !== id))
  const isNear = (id: string) => traded.has(id) || main === `1${id}`
  const box = (id: string) => (
    <Checkbox
      key={id}
      label={`${id} ${named(SC_CLASSES[id] ?? { zh: id, en: id })}${main === `1${id}` ? ' ★' : ''}`}
      checked={chosen.has(`1${id}`)}
      onCheck={(on) => toggle(`1${id}`, on)}
    />
  )
  return (
    <fieldset className="papers-checks">
      <legend className="k-label">{t('papers.scope')}</legend>
      {classes.filter(isNear).map(box)}
      <details className="papers-more">
        <summary>{t('papers.scopeMore')}</summary>
        {classes.filter((id) => !isNear(id)).map(box)}
      </details>
      <small className="muted">{t('papers.scopeHint')}</small>
      {error && (
        <span className="k-error" role="alert">
          {error}
        </span>
      )}
    </fieldset>
  )
}

interface ProductsProps {
  draft: { number: string; scope: readonly string[]; productIds: readonly string[] }
  onIds: (ids: string[]) => void
  error: string | undefined
}

export function Products({ draft, onIds, error }: ProductsProps) {
  const { orgId } = useSupplier()
  const products = useApi('catalogue.listProducts', { query: { orgId, limit: 200 } })
  const chosen = new Set(draft.productIds)
  return (
    <Loaded query={products}>
      {({ items }) => (
        <fieldset className="papers-checks">
          <legend className="k-label">{t('papers.products')}</legend>
          {items.map((product) => (
            <Checkbox
              key={product.id}
              label={product.name}
              checked={chosen.has(product.id)}
              onCheck={(on) =>
                onIds(
                  on
                    ? [...draft.productIds, product.id]
                    : draft.productIds.filter((one) => one !== product.id),
                )
              }
            />
          ))}
          {error && (
            <span className="k-error" role="alert">
              {error}
            </span>
          )}
        </fieldset>
      )}
    </Loaded>
  )
}

/** Vehicles and drivers of the holder; empty where it has none, and until they are known. */
export function useSubjects() {
  const { orgId } = useSupplier()
  const subjects = useApi(
    'papers.subjects',
    { params: { id: orgId ?? '' } },
    { enabled: orgId !== undefined },
  )
  return subjects.data ?? { vehicles: [], people: [] }
}

interface SubjectProps {
  kind: PaperId
  draft: { vehicleId: string | null; personId: string | null }
  set: (part: { vehicleId?: string; personId?: string }) => void
  flaw: (pointer: string) => string | undefined
}

/** Whose paper it is, where it is a vehicle's or a driver's. */
export function Subject({ kind, draft, set, flaw }: SubjectProps) {
  const { vehicles, people } = useSubjects()
  const of = subjectOf(kind)
  if (of === 'vehicle')
    return (
      <Select
        label={t('papers.vehicle')}
        value={draft.vehicleId ?? ''}
        placeholder={t('papers.vehicle')}
        options={vehicles.map((one) => ({ value: one.id, label: one.plate }))}
        onPick={(vehicleId) => set({ vehicleId })}
        error={flaw('/body/vehicleId')}
      />
    )
  return of === 'person' ? (
    <Select
      label={t('papers.person')}
      value={draft.personId ?? ''}
      placeholder={t('papers.person')}
      options={people.map((one) => ({ value: one.id, label: one.name }))}
      onPick={(personId) => set({ personId })}
      error={flaw('/body/personId')}
    />
  ) : null
}
