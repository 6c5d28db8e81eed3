import { bookMessages } from '@huming/shared/i18n/books'
import { addTexts } from '../app/i18n.ts'

// These screens come later than the console's home, and their sentences with them.
addTexts(bookMessages)
