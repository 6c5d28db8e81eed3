import { named, t } from '../app/i18n.ts'
import { useApi } from '../app/query.ts'
import { Stepper } from '../kit/number-field.tsx'
import './texts.ts'

export type CrateType = { id: string; name: string; nameEn: string }
export type Counts = Readonly<Record<string, number>>

export const crateName = (type: CrateType): string => named({ zh: type.name, en: type.nameEn || type.name })

/** Counts above 0 as requests want them. */
export const countsOf = (counts: Counts): { typeId: string; count: number }[] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([typeId, count]) => ({ typeId, count }))

/** Kinds of crates in use; kept for an hour. */
export function useCrateTypes() {
  const { data } = useApi('crates.types', undefined, { staleTime: 3_600_000 })
  return data?.items ?? []
}

interface CountsProps {
  types: readonly CrateType[]
  counts: Counts
  onCounts: (counts: Counts) => void
  /** What is counted, before the type's name: 留下, 带回. */
  label: string
  size?: 'm' | 'l'
}

/** One stepper for each kind of crate. */
export function CrateCounts({ types, counts, onCounts, label, size = 'l' }: CountsProps) {
  if (types.length === 0) return <p className="muted">{t('crates.noTypes')}</p>
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      {types.map((type) => (
        <div key={type.id} className="row spread">
          <span>{crateName(type)}</span>
          <Stepper
            label={`${label} ${crateName(type)}`}
            size={size}
            min={0}
            max={5000}
            value={counts[type.id] ?? 0}
            onNumber={(count) => onCounts({ ...counts, [type.id]: count ?? 0 })}
          />
        </div>
      ))}
    </div>
  )
}
