import '../../src/kit/tokens.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../../src/app/query.ts'
import { showTheme } from '../../src/app/theme.ts'
import { Toasts } from '../../src/kit/toast.tsx'
import { Choosing, Fields } from './forms.tsx'
import { WithServer } from './server.tsx'
import { Showing } from './showing.tsx'
import { Work } from './work.tsx'

/** Every control of the kit on one page, for the browser test only; it is not part of the product. */
function KitPage() {
  const [part, setPart] = useState('')
  return (
    <main className="stack" style={{ padding: 16, maxWidth: 1100, margin: '0 auto' }}>
      <h1>kit</h1>
      <p id="said" role="status">
        {part}
      </p>
      <Fields say={setPart} />
      <Choosing say={setPart} />
      <Showing say={setPart} />
      <Work say={setPart} />
      {location.search === '?server' && <WithServer />}
    </main>
  )
}

showTheme()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <KitPage />
      <Toasts />
    </QueryClientProvider>,
  )
}
