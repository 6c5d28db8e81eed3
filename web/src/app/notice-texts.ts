import { noticeMessages } from '@huming/shared/i18n/notices'
import { addTexts } from './i18n.ts'

// Read on few screens, so that no other waits for these sentences.
addTexts(noticeMessages)
