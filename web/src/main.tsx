import './kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { reportCrash } from './app/crash.tsx'
import { languageTag } from './app/i18n.ts'
import { showTheme } from './app/theme.ts'

showTheme()
document.documentElement.lang = languageTag()
window.addEventListener('error', ({ error }) => void reportCrash(error))
window.addEventListener('unhandledrejection', ({ reason }) => void reportCrash(reason))

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
