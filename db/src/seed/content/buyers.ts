import type { ShanghaiCode } from '@huming/shared/districts'
import type { BuyerClass } from '@huming/shared/reference/buyer-classes'

/** A buyer as it is told of; sites, people and numbers follow from it. Everything is made up (示例). */
export type Buyer = {
  /** Without 示例, which is added to every name. */
  readonly name: string
  readonly buyerClass: BuyerClass
  readonly districts: readonly [ShanghaiCode, ...ShanghaiCode[]]
  /** Names of further sites; the first is the buyer's own. One district each, the last one repeated. */
  readonly branches?: readonly string[]
  /** Credit limit in yuan. */
  readonly credit: number
  /** Orders of a purchaser above so many yuan wait for an approver. */
  readonly approvalAbove?: number
  readonly weekdays?: readonly number[]
  readonly keyDrop?: boolean
  readonly gate?: string
  /** Fewer or more lines per order than its class: 0.5 … 2. */
  readonly appetite?: number
}

const monWedFri = [1, 3, 5] as const
const tueThuSat = [2, 4, 6] as const

function shop(name: string, district: ShanghaiCode, more: Partial<Buyer> = {}): Buyer {
  return {
    name: `${name}沙县小吃店`,
    buyerClass: 'snack_shop',
    districts: [district],
    credit: 200_000,
    keyDrop: true,
    ...more,
  }
}

const shops: readonly Buyer[] = [
  shop('凉城', '310109', {
    branches: ['四川北路店', '曲阳店'],
    credit: 300_000,
    gate: '后门密码锁，冷柜在楼梯下左手',
  }),
  shop('豫园', '310101', { gate: '弄堂口限高2.5米，停在街边' }),
  shop('老西门', '310101', { weekdays: monWedFri }),
  shop('徐家汇', '310104', { branches: ['漕河泾店'], credit: 240_000 }),
  shop('长桥', '310104', { weekdays: tueThuSat }),
  shop('北新泾', '310105', { gate: '钥匙在门卫处，报店名' }),
  shop('华阳路', '310105', { keyDrop: false }),
  shop('彭浦', '310106', { branches: ['大宁店', '曹家渡店', '江宁店'], credit: 400_000 }),
  shop('曹家渡', '310106', { weekdays: monWedFri }),
  shop('真如', '310107', { gate: '卷帘门遥控在信箱内' }),
  shop('曹杨', '310107', { keyDrop: false }),
  shop('长寿路', '310107', { weekdays: tueThuSat }),
  shop('四川北路', '310109'),
  shop('曲阳', '310109', { appetite: 0.6 }),
  shop('五角场', '310110', { branches: ['四平路店'], credit: 240_000 }),
  shop('控江路', '310110', { gate: '冷冻柜钥匙挂在右门后' }),
  shop('新江湾', '310110', { weekdays: monWedFri }),
  shop('莘庄', '310112', { branches: ['七宝店', '梅陇店'], credit: 300_000 }),
  shop('七宝', '310112'),
  shop('梅陇', '310112', { appetite: 0.6 }),
  shop('大场', '310113', { branches: ['顾村店'], credit: 240_000 }),
  shop('杨行', '310113'),
  shop('淞南', '310113', { weekdays: tueThuSat }),
  shop('江桥', '310114', { gate: '市场北门进，3号通道' }),
  shop('南翔', '310114', { branches: ['马陆店', '安亭店'], credit: 300_000 }),
  shop('北蔡', '310115', { branches: ['张江店', '金桥店'], credit: 300_000 }),
  shop('川沙', '310115'),
  shop('张江', '310115', { keyDrop: false, weekdays: [1, 2, 3, 4, 5] }),
  shop('石化', '310116'),
  shop('亭林', '310116', { weekdays: monWedFri }),
  shop('九亭', '310117', { branches: ['泗泾店'], credit: 240_000 }),
  shop('岳阳', '310117', { weekdays: tueThuSat }),
  shop('徐泾', '310118'),
  shop('夏阳', '310118', { weekdays: monWedFri }),
  shop('南桥', '310120', { branches: ['西渡店'], credit: 240_000 }),
  shop('奉城', '310120', { weekdays: tueThuSat }),
  shop('城桥', '310151', { gate: '末班渡轮前送达', weekdays: monWedFri }),
  // Nearly at its limit: what a refused order looks like.
  shop('江宁', '310106', { credit: 900, appetite: 0.5 }),
]

const canteens: readonly Buyer[] = [
  {
    name: '杨浦示范大学食堂',
    buyerClass: 'canteen_university',
    districts: ['310110', '310110', '310110'],
    branches: ['第二食堂', '清真餐厅'],
    credit: 2_000_000,
    approvalAbove: 5000,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    gate: '从军工路后勤门进，验收台在地下一层',
  },
  {
    name: '松江大学城学院食堂',
    buyerClass: 'canteen_university',
    districts: ['310117', '310117'],
    branches: ['北区食堂'],
    credit: 1_600_000,
    approvalAbove: 8000,
    weekdays: [1, 2, 3, 4, 5, 6],
  },
  {
    name: '闵行理工学院食堂',
    buyerClass: 'canteen_university',
    districts: ['310112'],
    credit: 1_200_000,
    weekdays: [1, 2, 3, 4, 5, 6],
  },
  {
    name: '嘉定汽车学院食堂',
    buyerClass: 'canteen_university',
    districts: ['310114'],
    credit: 1_000_000,
    approvalAbove: 6000,
    weekdays: [1, 2, 3, 4, 5],
  },
  {
    name: '奉贤海湾学院食堂',
    buyerClass: 'canteen_university',
    districts: ['310120'],
    credit: 1_000_000,
    weekdays: [1, 2, 3, 4, 5],
  },
  {
    name: '徐汇医学院食堂',
    buyerClass: 'canteen_university',
    districts: ['310104'],
    credit: 1_000_000,
    weekdays: [1, 2, 3, 4, 5, 6],
  },
  {
    name: '嘉定区机关食堂',
    buyerClass: 'canteen_office',
    districts: ['310114'],
    credit: 800_000,
    approvalAbove: 3000,
  },
  {
    name: '虹口区机关食堂',
    buyerClass: 'canteen_office',
    districts: ['310109'],
    credit: 800_000,
    approvalAbove: 3000,
  },
  {
    name: '浦东张江园区食堂',
    buyerClass: 'canteen_office',
    districts: ['310115', '310115'],
    branches: ['二期食堂'],
    credit: 1_000_000,
  },
  { name: '黄浦外滩企业食堂', buyerClass: 'canteen_office', districts: ['310101'], credit: 600_000 },
  { name: '长宁虹桥企业食堂', buyerClass: 'canteen_office', districts: ['310105'], credit: 600_000 },
  { name: '静安商务楼食堂', buyerClass: 'canteen_office', districts: ['310106'], credit: 600_000 },
  { name: '宝山钢铁企业食堂', buyerClass: 'canteen_office', districts: ['310113'], credit: 800_000 },
]

const breakfasts: readonly Buyer[] = [
  {
    name: '虹口早餐工程',
    buyerClass: 'breakfast',
    districts: ['310109', '310109', '310110'],
    branches: ['地铁站点', '控江点'],
    credit: 400_000,
  },
  {
    name: '浦东早餐工程',
    buyerClass: 'breakfast',
    districts: ['310115', '310115'],
    branches: ['金桥点'],
    credit: 400_000,
  },
  { name: '静安早餐工程', buyerClass: 'breakfast', districts: ['310106'], credit: 300_000 },
  { name: '普陀早餐工程', buyerClass: 'breakfast', districts: ['310107'], credit: 300_000 },
  { name: '闵行早餐工程', buyerClass: 'breakfast', districts: ['310112'], credit: 300_000 },
  { name: '青浦早餐工程', buyerClass: 'breakfast', districts: ['310118'], credit: 300_000 },
]

const others: readonly Buyer[] = [
  {
    name: '江桥市场山珍档口',
    buyerClass: 'wholesale',
    districts: ['310114'],
    credit: 4_000_000,
    gate: '江桥批发市场，蔬菜区12号档口，下货费另计',
  },
  {
    name: '江杨市场果品档口',
    buyerClass: 'wholesale',
    districts: ['310113'],
    credit: 4_000_000,
    gate: '江杨农产品批发市场，水果区6号',
  },
  {
    name: '西郊国际闽货档口',
    buyerClass: 'wholesale',
    districts: ['310118'],
    credit: 3_000_000,
    gate: '西郊国际农产品交易中心，华新镇',
  },
  {
    name: '上农批蔬菜档口',
    buyerClass: 'wholesale',
    districts: ['310115'],
    credit: 3_000_000,
    gate: '上海农产品中心批发市场，北蔡',
  },
  {
    name: '浦东生鲜平台',
    buyerClass: 'fresh_platform',
    districts: ['310115', '310112'],
    branches: ['闵行大仓'],
    credit: 6_000_000,
    gate: '预约月台，司机须戴安全帽',
  },
  { name: '嘉定生鲜平台', buyerClass: 'fresh_platform', districts: ['310114'], credit: 4_000_000 },
  { name: '松江生鲜平台', buyerClass: 'fresh_platform', districts: ['310117'], credit: 4_000_000 },
  {
    name: '嘉定华亭社区团购',
    buyerClass: 'community',
    districts: ['310114', '310114'],
    branches: ['马陆自提点'],
    credit: 200_000,
    weekdays: [3, 6],
  },
  {
    name: '杨浦五角场社区团购',
    buyerClass: 'community',
    districts: ['310110'],
    credit: 160_000,
    weekdays: [3, 6],
  },
  {
    name: '徐汇天平社区团购',
    buyerClass: 'community',
    districts: ['310104'],
    credit: 160_000,
    weekdays: [2, 5],
  },
  {
    name: '普陀真如社区团购',
    buyerClass: 'community',
    districts: ['310107'],
    credit: 160_000,
    weekdays: [2, 5],
  },
  {
    name: '金山石化社区团购',
    buyerClass: 'community',
    districts: ['310116'],
    credit: 160_000,
    weekdays: [4],
  },
  {
    name: '崇明城桥社区团购',
    buyerClass: 'community',
    districts: ['310151'],
    credit: 160_000,
    weekdays: [4],
  },
]

/** All buyers: 38 shops, 13 canteens, 6 breakfast projects, 13 markets, platforms and communities. */
export const sampleBuyers: readonly Buyer[] = [...shops, ...canteens, ...breakfasts, ...others]
