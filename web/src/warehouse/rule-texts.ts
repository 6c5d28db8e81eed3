import { hubRuleMessages } from '@huming/shared/i18n/warehouse-rules'
import { addTexts } from '../app/i18n.ts'

// These screens come later than the console's home, and their sentences with them.
addTexts(hubRuleMessages)
