import { Badge } from '../kit/badge.tsx'
import { t } from './i18n.ts'
import { useLiveState } from './live.ts'

/** On a board: does it follow the night by itself at this moment? */
export function LiveDot() {
  const up = useLiveState()
  return (
    <span role="status">
      <Badge tone={up ? 'good' : 'warn'}>{up ? t('app.live') : t('app.notLive')}</Badge>
    </span>
  )
}
