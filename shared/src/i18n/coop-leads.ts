import { messages } from './messages.ts'

/** Sentences of how long a supplier needs from call-off to goods made. */
export const leadMessages = messages({
  'leads.title': ['备货时间', 'Making times'],
  'leads.hint': [
    '从要货到货备好要几小时。现采现做的填小时数；平时就有现货的填 0。系统按它倒推截单和最晚发车。',
    'Hours from call-off to goods made. Say 0 where goods lie ready. Cut-offs and departures are reckoned from it.',
  ],
  'leads.none': ['还没有在售的规格', 'No packs on sale yet'],
  'leads.pack': ['规格', 'Pack'],
  'leads.hours': ['备货', 'Making'],
  'leads.hoursOf': ['{{hours}} 小时', '{{hours}} h'],
  'leads.ready': ['有现货', 'Lies ready'],
  'leads.unset': ['未填（按现货算）', 'Not said (as if ready)'],
  'leads.mode': ['运输', 'By'],
  'leads.mode.road': ['公路', 'Road'],
  'leads.mode.rail': ['铁路', 'Rail'],
  'leads.mode.air': ['航空', 'Air'],
  'leads.change': ['改', 'Change'],
  'leads.changeOf': ['{{name}}的备货时间', 'Making time of {{name}}'],
  'leads.inHours': ['从要货到备好（小时）', 'From call-off to made (hours)'],
  'leads.save': ['保存', 'Save'],
  'leads.saved': ['备货时间已保存', 'The making time is saved'],
  'leads.missing': ['请填小时数', 'Say how many hours'],
})
