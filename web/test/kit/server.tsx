import { useState } from 'react'
import { useLive } from '../../src/app/live.ts'
import { LiveDot } from '../../src/app/live-dot.tsx'
import { useApi } from '../../src/app/query.ts'
import { Badge } from '../../src/kit/badge.tsx'
import { Card } from '../../src/kit/page.tsx'
import { PhotoInput } from '../../src/kit/photo-input.tsx'
import { Loaded } from '../../src/kit/states.tsx'

/** What talks to the server; shown with ?server to a signed-in person. */
export function WithServer() {
  const [photos, setPhotos] = useState<string[]>([])
  const notices = useApi('accounts.listNotices', { query: { limit: 5 } })
  useLive(['notice.'], ['accounts.listNotices'])
  return (
    <Card title="服务器" side={<LiveDot />}>
      <Loaded query={notices}>{({ unread }) => <Badge>{`${unread} 条未读`}</Badge>}</Loaded>
      <PhotoInput ids={photos} onIds={setPhotos} />
    </Card>
  )
}
