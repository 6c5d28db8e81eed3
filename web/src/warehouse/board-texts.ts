import { boardMessages } from '@huming/shared/i18n/warehouse-board'
import { addTexts } from '../app/i18n.ts'

// The plan board comes later than the console's home, and its sentences with it.
addTexts(boardMessages)
