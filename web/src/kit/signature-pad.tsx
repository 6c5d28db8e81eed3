import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { t } from '../app/i18n.ts'
import { Button } from './button.tsx'
import './choose.css'

interface SignaturePadProps {
  label: string
  /** A PNG of the signature after each stroke, or null when it was cleared. */
  onSigned: (picture: Blob | null) => void
}

/** Signing with a finger, pen or mouse. */
export function SignaturePad({ label, onSigned }: SignaturePadProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [signed, setSigned] = useState(false)
  useEffect(() => {
    const element = canvas.current
    if (element) prepare(element)
  }, [])
  const draw = (event: PointerEvent<HTMLCanvasElement>, begin: boolean) => {
    const pen = event.currentTarget.getContext('2d')
    if (!pen || (!begin && event.buttons === 0)) return
    const box = event.currentTarget.getBoundingClientRect()
    const [x, y] = [event.clientX - box.left, event.clientY - box.top]
    if (begin) {
      event.currentTarget.setPointerCapture(event.pointerId)
      pen.beginPath()
      pen.moveTo(x, y)
    }
    // A dot is a stroke too.
    pen.lineTo(x + 0.01, y)
    pen.stroke()
  }
  const lift = () => {
    setSigned(true)
    canvas.current?.toBlob(onSigned, 'image/png')
  }
  const clear = () => {
    if (canvas.current) prepare(canvas.current)
    setSigned(false)
    onSigned(null)
  }
  return (
    <div className="stack" style={{ ['--gap' as string]: '8px' }}>
      <div className="k-pad">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`${label}：${signed ? t('kit.signed') : t('kit.sign')}`}
          onPointerDown={(event) => draw(event, true)}
          onPointerMove={(event) => draw(event, false)}
          onPointerUp={lift}
        />
        {!signed && <span aria-hidden="true">{t('kit.sign')}</span>}
      </div>
      <div className="row">
        <Button icon="refresh" tone="quiet" onClick={clear} disabled={!signed}>
          {t('kit.signClear')}
        </Button>
      </div>
    </div>
  )
}

/** Clears the canvas and fits it to its box and the sharpness of the screen. */
function prepare(canvas: HTMLCanvasElement) {
  const sharpness = Math.min(3, window.devicePixelRatio || 1)
  canvas.width = canvas.clientWidth * sharpness
  canvas.height = canvas.clientHeight * sharpness
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.scale(sharpness, sharpness)
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight)
  pen.lineWidth = 2.6
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.strokeStyle = '#14213d'
}
