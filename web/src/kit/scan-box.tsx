import { type FormEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { t } from '../app/i18n.ts'
import { Button } from './button.tsx'
import './choose.css'
import { signal, unlockSound } from './feedback.ts'
import { TextField } from './field.tsx'

/** Longer between two keys than this, and it was a hand and not a scanner. */
const BURST_MS = 35
const SAME_AGAIN_MS = 1000

/** What a scanner sent as plain text: symbology mark and full-width forms taken away, GS1 separators as `{GS}`. */
export function cleanScan(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/^\](C1|d2|Q3|e0|E0)/, '')
    .replaceAll('\u001d', '{GS}')
    .trim()
    .slice(0, 120)
}

/** Hears a keyboard-wedge scanner anywhere on the page, wherever the focus is. */
export function useScanner(onScan: (code: string) => void): void {
  const latest = useRef(onScan)
  useEffect(() => {
    latest.current = onScan
  })
  useEffect(() => {
    let keys = ''
    let lastAt = 0
    const hear = (event: KeyboardEvent) => {
      const burst = event.timeStamp - lastAt < BURST_MS
      lastAt = event.timeStamp
      if ((event.key === 'Enter' || event.key === 'Tab') && burst && keys.length >= 3) {
        event.preventDefault()
        event.stopPropagation()
        latest.current(keys)
        keys = ''
        return
      }
      // Many scanners send the separator of GS1 elements as Ctrl + ].
      const key = event.ctrlKey && event.key === ']' ? '\u001d' : event.key
      if (key.length !== 1 || (event.ctrlKey && key !== '\u001d') || event.metaKey) return
      if (key === '\u001d') event.preventDefault()
      keys = burst ? keys + key : key
    }
    window.addEventListener('keydown', hear, { capture: true })
    return () => window.removeEventListener('keydown', hear, { capture: true })
  }, [])
}

/** The camera as a scanner is loaded when it is opened. */
const CameraScan = lazy(async () => ({ default: (await import('./camera-scan.tsx')).CameraScan }))
/** Only a secure page may ask for the camera. */
const hasCamera = (): boolean => typeof navigator.mediaDevices?.getUserMedia === 'function'

interface ScanBoxProps {
  /** What should be scanned now: 扫库位, 扫批次. */
  label?: string
  hint?: string
  /** Says whether the code was right (or a sentence why not); the box beeps, shakes and colours. */
  onCode: (code: string) => true | string | Promise<true | string>
}

/** Scan anywhere or type: the main verb of a warehouse screen. */
export function ScanBox({ label = t('kit.scan'), hint, onCode }: ScanBoxProps) {
  const [typed, setTyped] = useState('')
  const [said, setSaid] = useState<{ tone: 'good' | 'bad'; text: string } | null>(null)
  const [camera, setCamera] = useState(false)
  const last = useRef({ code: '', at: 0 })
  const take = async (raw: string) => {
    const code = cleanScan(raw)
    setTyped('')
    if (!code) return
    const now = Date.now()
    if (code === last.current.code && now - last.current.at < SAME_AGAIN_MS) {
      setSaid({ tone: 'good', text: t('kit.scanAgain', { code }) })
      return
    }
    last.current = { code, at: now }
    const answer = await onCode(code)
    signal(answer === true ? 'right' : 'wrong')
    setSaid(
      answer === true ? { tone: 'good', text: t('kit.scanned', { code }) } : { tone: 'bad', text: answer },
    )
  }
  useScanner((code) => void take(code))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    unlockSound()
    void take(typed)
  }
  return (
    <form className="k-scan" data-tone={said?.tone} onSubmit={submit} onPointerDown={unlockSound}>
      <TextField
        label={label}
        hint={said ? (said.tone === 'good' ? said.text : undefined) : (hint ?? t('kit.scanReady'))}
        error={said?.tone === 'bad' ? said.text : undefined}
        size="l"
        value={typed}
        onText={setTyped}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={120}
      />
      <Button type="submit" size="l" icon="scan" aria-label={t('kit.scanSend')} />
      {hasCamera() && (
        <Button
          type="button"
          size="l"
          icon="camera"
          aria-label={t('kit.camera')}
          onClick={() => setCamera(true)}
        />
      )}
      {camera && (
        <Suspense fallback={null}>
          <CameraScan
            onCode={(code) => {
              setCamera(false)
              void take(code)
            }}
            onClose={() => setCamera(false)}
          />
        </Suspense>
      )}
    </form>
  )
}
