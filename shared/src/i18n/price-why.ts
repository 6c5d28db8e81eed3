import { messages } from './messages.ts'

/** Why a price is what it is: a few words beside every price. */
export const priceWhyMessages = messages({
  'price.whoPays': ['谁付多少', 'Who pays what'],
  'price.nav': ['价格合同', 'Contracts'],
  'price.navMarket': ['行情', 'Market prices'],
  'price.navTax': ['税率', 'Tax rules'],
  'price.why.list': ['目录价', 'List price'],
  'price.why.class': ['渠道价', 'Class price'],
  'price.why.contract': ['协议价', 'Agreed price'],
  'price.why.contractNo': ['协议价 · {{number}}', 'Agreed price · {{number}}'],
  'price.why.daily': ['当日时价', 'Price of the day'],
  'price.why.season': ['时令价', 'Season price'],
  'price.why.discount': [
    '{{market}} {{product}} {{day}} 均价 {{price}}，下浮 {{percent}}',
    '{{percent}} below {{market}} {{product}}, {{price}} on {{day}}',
  ],
  'price.why.spent': [
    '合同 {{number}} 的约定数量不够，超出合同的按这个价。',
    'Contract {{number}} has not enough left; this is the price beyond it.',
  ],
})
