import { SEPARATIONS } from '@huming/shared/reference/handling'
import { named, t } from '../app/i18n.ts'
import { Picture } from '../kit/picture.tsx'
import type { Task } from './pick-task.tsx'
import { nameOf, quantityOf, zoneName } from './words.ts'
import './picking-texts.ts'

/** `short`: the lot is at hand already; only how much and into which tote is said. */
type Props = { task: Task; lot: string; step: 'lot' | 'tote'; short?: boolean }

/** What to take from where into what; the part that is scanned now is the loud one. */
export function TaskCard({ task, lot, step, short = false }: Props) {
  return (
    <section
      className="wh-task"
      data-weighing={(step === 'tote' && task.catchWeight) || undefined}
      aria-label={nameOf(task)}
    >
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <Picture picture={task.picture} size={56} />
        <div className="grow">
          <h2 className="wh-name">{nameOf(task)}</h2>
          <span className="muted">
            {task.spec} · {zoneName(task.zone)} · {named(SEPARATIONS[task.separation])}
          </span>
        </div>
      </div>
      <dl className="wh-big">
        {!short && (
          <div data-half>
            <dt>{t('picking.bin')}</dt>
            <dd className="wh-code">{task.binCode ?? t('picking.noBin')}</dd>
          </div>
        )}
        <div data-half={!short || undefined}>
          <dt>{t('warehouse.quantity')}</dt>
          <dd className="wh-amount">{quantityOf(task, task.quantity)}</dd>
        </div>
        {!short && (
          <div data-now={step === 'lot' || undefined} data-done={step === 'tote' || undefined}>
            <dt>{t('warehouse.lot')}</dt>
            <dd className="wh-code">{lot}</dd>
            <dd>
              {t('warehouse.useBy')} <b>{task.useByDay}</b>
            </dd>
          </div>
        )}
        <div data-now={step === 'tote' || undefined}>
          <dt>{t('warehouse.pick.tote')}</dt>
          <dd className="wh-code">{task.toteCode}</dd>
          <dd>{task.site}</dd>
        </div>
      </dl>
    </section>
  )
}
