import { govMessages } from '@huming/shared/i18n/gov'
import type { Area } from '../app/area.ts'
import { Report } from './report.tsx'

export const area: Area = {
  title: 'gov.title',
  messages: govMessages,
  nav: [{ to: '/', label: 'gov.title', icon: 'chart', action: 'report.read' }],
  screens: [{ path: '/', screen: Report }],
}
