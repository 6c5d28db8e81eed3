let audio: AudioContext | undefined

/** Browsers let a page sound only after a touch; every press unlocks it. */
export function unlockSound(): void {
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume()
}

function beep(hertz: number, at: number, seconds: number) {
  if (audio?.state !== 'running') return
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  const start = audio.currentTime + at
  tone.type = 'square'
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0.12, start)
  volume.gain.exponentialRampToValueAtTime(0.001, start + seconds)
  tone.connect(volume).connect(audio.destination)
  tone.start(start)
  tone.stop(start + seconds)
}

/** Right: one short high beep and a tick. Wrong: two low beeps and a long shake. Felt without looking. */
export function signal(kind: 'right' | 'wrong'): void {
  if (kind === 'right') {
    beep(1760, 0, 0.09)
    navigator.vibrate?.(40)
    return
  }
  beep(220, 0, 0.16)
  beep(220, 0.22, 0.2)
  navigator.vibrate?.([120, 80, 160])
}
