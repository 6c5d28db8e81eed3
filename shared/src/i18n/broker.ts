import { messages } from './messages.ts'

/** Sentences of the `broker` console. */
export const brokerMessages = messages({
  'broker.title': ['经纪人', 'Broker'],
  'broker.nav.orders': ['订单', 'Orders'],
  'broker.nav.principals': ['委托人', 'Principals'],
  'broker.principals': ['我代理的农户和合作社', 'Farmers and co-ops I act for'],
  'broker.principalsHint': [
    '选一家，替他们上货、报批次、发货',
    'Choose one to list, declare and ship for them',
  ],
  'broker.none': ['现在没有有效的委托', 'No mandate is in force'],
  'broker.noneText': [
    '委托由运营中心登记，请联系运营中心。',
    'Mandates are registered by the operations centre.',
  ],
  'broker.until': ['委托至 {{day}}', 'Mandate until {{day}}'],
  'broker.endsSoon': ['即将到期', 'Ends soon'],
  'broker.acting': ['正在代理：{{name}}', 'Acting for {{name}}'],
  'broker.noMandate': ['没有这家的有效委托', 'No mandate in force for them'],
  'broker.noMandateText': ['委托可能已到期。', 'It may have ended.'],
})
