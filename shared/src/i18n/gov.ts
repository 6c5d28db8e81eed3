import { messages } from './messages.ts'

/** Sentences of the `gov` console. */
export const govMessages = messages({
  'gov.title': ['对口合作', 'Cooperation'],
  'gov.report': ['沪明对口合作统计', 'Shanghai–Sanming cooperation figures'],
  'gov.lead': [
    '只有合计，不含任何单个单位的数据。',
    'Sums only; no single organisation can be read out of them.',
  ],
  'gov.from': ['起', 'From'],
  'gov.to': ['止', 'To'],
  'gov.value': ['送达金额', 'Value delivered'],
  'gov.orders': ['订单', 'Orders'],
  'gov.punctual': ['准时率', 'On time'],
  'gov.weight': ['重量（吨）', 'Weight (t)'],
  'gov.products': ['产品', 'Products'],
  'gov.sites': ['收货点', 'Sites'],
  'gov.counties': ['按三明县区', 'By Sanming county'],
  'gov.districts': ['按上海各区', 'By Shanghai district'],
  'gov.classes': ['按客户类别', 'By buyer class'],
  'gov.county': ['县区', 'County'],
  'gov.district': ['区', 'District'],
  'gov.class': ['类别', 'Class'],
  'gov.pair': ['结对', 'Paired with'],
  'gov.none': ['这段时间还没有送达的订单。', 'Nothing was delivered in this time.'],
  'gov.share': ['占比', 'Share'],
  'gov.transport': ['城市配送与碳排放', 'City transport and emissions'],
  'gov.transportHint': [
    '碳排放按油耗、电耗因子估算（ISO 14083 口径），因子及出处见运营的配送结果。',
    'Emissions are estimated by factors of fuel and power (as ISO 14083 counts); operations show factors and sources.',
  ],
  'gov.km': ['行驶（公里）', 'Driven (km)'],
  'gov.kmPerOrder': ['每单行驶（公里）', 'Driven per order (km)'],
  'gov.co2': ['碳排放（kg CO₂e）', 'Emissions (kg CO₂e)'],
  'gov.co2PerOrder': ['每单碳排放（kg CO₂e）', 'Per order (kg CO₂e)'],
  'gov.co2PerTonneKm': ['每吨公里（kg CO₂e）', 'Per tonne-km (kg CO₂e)'],
  'gov.csv': ['下载 CSV', 'Download CSV'],
})
