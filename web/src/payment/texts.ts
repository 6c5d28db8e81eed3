import { paymentMessages } from '@huming/shared/i18n/payments'
import { addTexts } from '../app/i18n.ts'

// These screens come later than a console's home, and their sentences with them.
addTexts(paymentMessages)
