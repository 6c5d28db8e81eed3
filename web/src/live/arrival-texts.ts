import { arrivalMessages } from '@huming/shared/i18n/arrival'
import { addTexts } from '../app/i18n.ts'

/** Sentences of arrivals come with what shows them. */
addTexts(arrivalMessages)
