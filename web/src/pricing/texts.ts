import { pricingMessages } from '@huming/shared/i18n/pricing'
import { addTexts } from '../app/i18n.ts'

// These screens come later than a console's home, and their sentences with them.
addTexts(pricingMessages)
