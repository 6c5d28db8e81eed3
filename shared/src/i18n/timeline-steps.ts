import type { TimelineStep } from '../contracts/timeline.ts'
import type { Locale } from '../locale.ts'
import { messages } from './messages.ts'

/** The steps between the base and the door, as people call them. */
export const timelineStepMessages = messages({
  'timeline.step.answer': ['基地确认', 'supplier’s answer'],
  'timeline.step.making': ['采收加工', 'harvest or making'],
  'timeline.step.load': ['预冷装车', 'loading'],
  'timeline.step.line_haul': ['干线运输', 'line-haul'],
  'timeline.step.dock': ['到仓验收', 'the dock'],
  'timeline.step.wave': ['波次拣货', 'the wave'],
  'timeline.step.delivery': ['城市配送', 'the delivery'],
})

/** Name of a step in the reader's language, for sentences of the server. */
export const stepWords = (step: TimelineStep, locale: Locale): string =>
  timelineStepMessages[`timeline.step.${step}`][locale === 'zh' ? 0 : 1]
