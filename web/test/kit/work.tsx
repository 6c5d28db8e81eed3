import { useState } from 'react'
import { BottomBar, Card } from '../../src/kit/page.tsx'
import { PhotoInput } from '../../src/kit/photo-input.tsx'
import { ScanBox } from '../../src/kit/scan-box.tsx'
import { SignaturePad } from '../../src/kit/signature-pad.tsx'
import type { Saying } from './forms.tsx'

export function Work({ say }: Saying) {
  const [photos, setPhotos] = useState<string[]>([])
  return (
    <Card title="作业">
      <ScanBox
        onCode={(code) => (code.startsWith('L') ? (say(`scanned ${code}`), true) : '这不是要拣的批次')}
      />
      <SignaturePad
        label="收货人"
        onSigned={(picture) => say(picture ? `signed ${picture.type}` : 'cleared')}
      />
      <PhotoInput ids={photos} onIds={setPhotos} />
      <BottomBar>
        <span className="grow">3 行</span>
      </BottomBar>
    </Card>
  )
}
