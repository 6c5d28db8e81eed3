import './kit/tokens.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { areaAt, loadArea } from './app/area.ts'
import { reportCrash } from './app/crash.tsx'
import { languageTag } from './app/i18n.ts'
import { showTheme } from './app/theme.ts'

showTheme()
document.documentElement.lang = languageTag()
window.addEventListener('error', ({ error }) => void reportCrash(error))
window.addEventListener('unhandledrejection', ({ reason }) => void reportCrash(reason))

// The code of the console comes while the session is asked for; a failure is told when it is drawn.
if (location.pathname !== '/sign-in') void Promise.allSettled([loadArea(areaAt(location.pathname))])

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
