import type { FlowName, StatusOf } from '@huming/shared/flows'
import type { ReactNode } from 'react'
import { textOf } from '../app/i18n.ts'
import { Icon, type IconName } from './icon.tsx'
import './show.css'

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'info'

/** A short mark: a count, a grade, 示例. */
export function Badge({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone
  icon?: IconName
  children: ReactNode
}) {
  return (
    <span className="k-badge" data-tone={tone}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  )
}

const tones: Readonly<Record<string, Tone>> = {
  awaiting_approval: 'warn',
  placed: 'info',
  picking: 'info',
  picked: 'info',
  loaded: 'info',
  delivered: 'good',
  accepted: 'good',
  failed: 'bad',
  shipped: 'info',
  made: 'info',
  received: 'good',
  held: 'warn',
  acknowledged: 'warn',
  recalled: 'bad',
  expired: 'bad',
  asked: 'warn',
  confirmed: 'good',
  cut: 'bad',
  open: 'warn',
  done: 'good',
  short: 'bad',
  dispatched: 'good',
  on_road: 'info',
  loading: 'info',
  finished: 'good',
  arrived: 'warn',
  partial: 'warn',
  refused: 'bad',
  succeeded: 'good',
  processing: 'info',
  matched: 'good',
  proposed: 'info',
  unmatched: 'warn',
  returning: 'warn',
}

/** The status of a thing of a flow, named and coloured the same in every console. */
export function StatusChip<F extends FlowName>({ of, status }: { of: F; status: StatusOf<F> }) {
  return (
    <Badge tone={tones[status] ?? 'plain'}>{textOf(`status.${of}.${String(status)}`, String(status))}</Badge>
  )
}
