import { liveMessages } from '@huming/shared/i18n/live'
import { addTexts } from '../app/i18n.ts'

/** Sentences of the live night come with its screen. */
addTexts(liveMessages)
