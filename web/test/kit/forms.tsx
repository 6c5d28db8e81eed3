import { addDays, serviceDay } from '@huming/shared/days'
import { useState } from 'react'
import { Button, IconButton } from '../../src/kit/button.tsx'
import { SearchBox, Segmented, Tabs } from '../../src/kit/choose.tsx'
import { Combobox } from '../../src/kit/combobox.tsx'
import { DayPicker } from '../../src/kit/day-picker.tsx'
import { Checkbox, RadioGroup, Select, TextArea, TextField } from '../../src/kit/field.tsx'
import { NumberField, Stepper } from '../../src/kit/number-field.tsx'
import { Card } from '../../src/kit/page.tsx'

export interface Saying {
  say: (text: string) => void
}

const goods = ['建宁莲子', '沙县扁肉', '尤溪金柑', '宁化辣椒干', '大田茶']

export function Fields({ say }: Saying) {
  const [text, setText] = useState('')
  const [boxes, setBoxes] = useState<number | null>(2)
  const [kilos, setKilos] = useState<number | null>(2.5)
  const [ticked, setTicked] = useState(false)
  const [pick, setPick] = useState<'' | 'a' | 'b'>('')
  const options = [
    { value: 'a', label: '按比例分', hint: '不足时各家少一点' },
    { value: 'b', label: '先到先得' },
  ] as const
  return (
    <Card title="填写">
      <div className="cards">
        <TextField label="店名" value={text} onText={setText} hint="招牌上的名字" />
        <TextField label="联系电话" value="12" readOnly error="请填 11 位手机号" />
        <NumberField
          label="重量"
          value={kilos}
          onNumber={setKilos}
          decimals={2}
          min={0.5}
          max={50}
          after="公斤"
        />
        <Select label="温区" value={pick} options={options} onPick={setPick} placeholder="请选择" />
      </div>
      <div className="row">
        <Stepper
          label="莲子"
          unit="箱"
          value={boxes}
          onNumber={setBoxes}
          max={99}
          onEnter={() => say(`boxes ${boxes}`)}
        />
        <Stepper label="鸭腿" size="l" value={kilos} onNumber={setKilos} step={0.5} decimals={1} />
        <output id="boxes">{String(boxes)}</output>
        <output id="kilos">{String(kilos)}</output>
      </div>
      <TextArea label="备注" optional value={text} onText={setText} />
      <Checkbox label="可以代收" hint="放在门口的保温箱" checked={ticked} onCheck={setTicked} />
      <RadioGroup label="短缺规则" value={pick} options={options} onPick={setPick} />
      <div className="row">
        <Button tone="main" icon="basket" onClick={() => say('ordered')}>
          下单
        </Button>
        <Button onClick={() => say('plain')}>普通</Button>
        <Button tone="danger">取消订单</Button>
        <Button tone="quiet">安静</Button>
        <Button busy>忙</Button>
        <Button refused="已过截单时间" onClick={() => say('never')}>
          改单
        </Button>
        <Button size="l" tone="main">
          开始作业
        </Button>
        <IconButton icon="trash" label="删除" onClick={() => say('trash')} />
      </div>
    </Card>
  )
}

export function Choosing({ say }: Saying) {
  const [tab, setTab] = useState<'one' | 'two' | 'three'>('one')
  const [view, setView] = useState<'list' | 'map'>('list')
  const [day, setDay] = useState<string | null>('2026-11-25')
  const [search, setSearch] = useState('')
  const [typed, setTyped] = useState('')
  const first = serviceDay('2026-11-24')
  const days = Array.from({ length: 8 }, (_, i) => ({
    day: addDays(first, i),
    closed: i === 0 ? '已截单' : i === 5 ? '周日不送' : null,
  }))
  const found = goods.filter((name) => typed && name.includes(typed))
  return (
    <Card title="选择">
      <DayPicker days={days} value={day} onPick={setDay} />
      <div className="row">
        <SearchBox value={search} onSearch={setSearch} placeholder="拼音首字母也可以：jnlz" />
        <output id="search">{search}</output>
      </div>
      <Segmented
        label="视图"
        value={view}
        options={[
          { value: 'list', label: '列表' },
          { value: 'map', label: '地图' },
        ]}
        onPick={setView}
      />
      <Combobox
        label="快速录入"
        text={typed}
        onText={setTyped}
        items={found}
        itemKey={(name) => name}
        onPick={(name) => {
          setTyped('')
          say(`picked ${name}`)
        }}
      >
        {(name) => name}
      </Combobox>
      <Tabs
        label="订单部分"
        value={tab}
        onPick={setTab}
        tabs={[
          { value: 'one', label: '货品' },
          { value: 'two', label: '配送' },
          { value: 'three', label: '追溯' },
        ]}
      >
        <p>{`第 ${tab} 页`}</p>
      </Tabs>
    </Card>
  )
}
