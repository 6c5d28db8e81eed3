import { paperMessages } from '@huming/shared/i18n/papers'
import type { Area } from '../app/area.ts'
import { Licences } from '../papers/licences.tsx'

/** What the law wants every visitor to see of a seller, signed in or not (电子商务法 Art. 15). */
export const area: Area = {
  title: 'papers.licences.title',
  messages: paperMessages,
  nav: [],
  screens: [{ path: '/:id', screen: Licences }],
}
