import { t } from '../app/i18n.ts'
import { useLive } from '../app/live.ts'
import { useApi } from '../app/query.ts'
import { useMay } from '../app/session.ts'
import { LinkButton } from '../kit/button.tsx'
import { Note } from '../kit/states.tsx'

/** What food safety must not overlook tonight: open recalls, and uploads that are late. */
export function SafetyNote() {
  const may = useMay()
  const recalls = useApi(
    'recall.list',
    { query: { show: 'open', drill: 'false', limit: 50 } },
    { enabled: may('recall.read'), every: 60_000 },
  )
  const uploads = useApi(
    'upload.list',
    { query: { show: 'late', limit: 1 } },
    { enabled: may('upload.read'), every: 60_000 },
  )
  useLive(['recall.'], ['recall.list'])
  const open = recalls.data?.items ?? []
  const late = uploads.data?.counts.late ?? 0
  const calls = open.reduce((sum, one) => sum + one.callsDue, 0)
  return (
    <>
      {open.length > 0 && (
        <Note tone={calls > 0 || open.some((one) => one.clocks.some((clock) => clock.late)) ? 'bad' : 'warn'}>
          <div className="row spread">
            <span>
              {t('ops.board.recalls', { count: open.length })}
              {calls > 0 && ` ${t('ops.board.calls', { count: calls })}`}
            </span>
            <LinkButton to="/recalls?show=open">{t('ops.nav.recalls')}</LinkButton>
          </div>
        </Note>
      )}
      {late > 0 && (
        <Note tone="bad">
          <div className="row spread">
            <span>{t('ops.board.uploadsLate', { count: late })}</span>
            <LinkButton to="/uploads?show=late">{t('ops.nav.uploads')}</LinkButton>
          </div>
        </Note>
      )}
    </>
  )
}
