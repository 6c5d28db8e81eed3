import { BottomBar, Card } from '../../src/kit/page.tsx'
import { ScanBox } from '../../src/kit/scan-box.tsx'
import { SignaturePad } from '../../src/kit/signature-pad.tsx'
import type { Saying } from './forms.tsx'

export function Work({ say }: Saying) {
  return (
    <Card title="作业">
      <ScanBox
        onCode={(code) => (code.startsWith('L') ? (say(`scanned ${code}`), true) : '这不是要拣的批次')}
      />
      <SignaturePad
        label="收货人"
        onSigned={(picture) => say(picture ? `signed ${picture.type}` : 'cleared')}
      />
      <BottomBar>
        <span className="grow">3 行</span>
      </BottomBar>
    </Card>
  )
}
