type Found = { rawValue: string }
interface Detector {
  detect: (source: HTMLVideoElement) => Promise<Found[]>
}
type DetectorMaker = new (options: { formats: string[] }) => Detector

const formats = ['code_128', 'ean_13', 'ean_8', 'qr_code', 'data_matrix']

/** Reads the codes in a video picture; by the browser where it can, else by a reader that is loaded now. */
export async function codeReader(): Promise<(video: HTMLVideoElement) => Promise<string[]>> {
  const Native = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  if (Native) {
    const detector = new Native({ formats })
    return async (video) => (await detector.detect(video)).map((one) => one.rawValue)
  }
  const [{ prepareZXingModule, readBarcodes }, wasm] = await Promise.all([
    import('zxing-wasm/reader'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  // Its own default would fetch the reader from somebody else's server.
  prepareZXingModule({ overrides: { locateFile: () => wasm.default }, fireImmediately: false })
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    if (!pen || canvas.width === 0) return []
    pen.drawImage(video, 0, 0)
    const picture = pen.getImageData(0, 0, canvas.width, canvas.height)
    const read = await readBarcodes(picture, {
      formats: ['Code128', 'EAN13', 'EAN8', 'QRCode', 'DataMatrix'],
      tryHarder: true,
      maxNumberOfSymbols: 2,
    })
    // The AI form in brackets where it is GS1: separators cannot get lost in it.
    return read.filter((one) => one.isValid).map((one) => one.text)
  }
}
