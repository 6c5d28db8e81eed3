import { coldMessages } from '@huming/shared/i18n/cold'
import { coldDeskMessages } from '@huming/shared/i18n/cold-desk'
import { addTexts } from '../app/i18n.ts'

// These screens come later than the console's home, and their sentences with them.
addTexts({ ...coldMessages, ...coldDeskMessages })
