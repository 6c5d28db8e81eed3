import type { Pair } from './messages.ts'

/** Refusals of tracing. */
export const tracingProblems = {
  'problem.epcis_invalid': [
    '不是有效的 EPCIS 2.0 文档，请按标出的位置修改。',
    'This is no valid EPCIS 2.0 document. Correct it at the places named.',
  ],
  'problem.epcis_limit': [
    '一次最多提交 {{max}} 个事件，请分几次提交。',
    'At most {{max}} events at a time. Send it in several parts.',
  ],
  'problem.epcis_query_bad': [
    '查询参数 {{name}} 有误，请检查后再试。',
    'The query parameter {{name}} is not right. Check it and try again.',
  ],
  'problem.epcis_query_large': [
    '结果超过 {{max}} 个事件，请缩小范围。',
    'There are more than {{max}} events. Narrow the query.',
  ],
  'problem.epcis_exists': ['这个事件编号已有另一个事件。', 'Another event already has this event id.'],
  'problem.epcis_not_acceptable': [
    '不支持所要求的版本或格式：{{header}}。',
    'The version or format asked for is not supported: {{header}}.',
  ],
} as const satisfies Record<string, Pair>
