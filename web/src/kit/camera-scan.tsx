import { useEffect, useRef, useState } from 'react'
import { t } from '../app/i18n.ts'
import { Dialog } from './dialog.tsx'
import { Note } from './states.tsx'

interface CameraScanProps {
  onCode: (code: string) => void
  onClose: () => void
}

const BETWEEN_MS = 150

/** The phone's camera as a scanner: gives the first code it reads and closes. */
export function CameraScan({ onCode, onClose }: CameraScanProps) {
  const video = useRef<HTMLVideoElement>(null)
  const [failed, setFailed] = useState(false)
  const latest = useRef(onCode)
  useEffect(() => {
    latest.current = onCode
  })
  useEffect(() => {
    const stop = new AbortController()
    void look(video.current, stop.signal).then(
      (code) => code !== null && latest.current(code),
      () => setFailed(true),
    )
    return () => stop.abort()
  }, [])
  return (
    <Dialog open onClose={onClose} title={t('kit.camera')}>
      {failed ? (
        <Note tone="bad">{t('kit.cameraNone')}</Note>
      ) : (
        <>
          <video ref={video} className="k-camera" muted playsInline aria-label={t('kit.camera')} />
          <p className="muted">{t('kit.cameraHint')}</p>
        </>
      )}
    </Dialog>
  )
}

/** Looks until a code is read; null when it was stopped first. The camera is let go in every case. */
async function look(video: HTMLVideoElement | null, stop: AbortSignal): Promise<string | null> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  })
  try {
    if (!video || stop.aborted) return null
    video.srcObject = stream
    await video.play()
    const { codeReader } = await import('./camera-codes.ts')
    const read = await codeReader()
    while (!stop.aborted) {
      const [code] = await read(video)
      if (code) return code
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS))
    }
    return null
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}
