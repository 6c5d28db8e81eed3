import type { Pair } from './messages.ts'

/** Refusals of claims, statements, invoices and month ends. */
export const claimProblems = {
  'problem.claim_too_late': [
    '已过售后时限（{{until}} 前可申请）。请联系运营中心。',
    'The time to claim these goods ended at {{until}}. Ask the operations centre.',
  ],
  'problem.claim_above_delivered': [
    '申请数量超过可申请的数量（剩余 {{left}}）。',
    'That is more than may still be claimed ({{left}} left).',
  ],
  'problem.contest_too_late': ['已过申诉时限。', 'The time to contest this claim is over.'],
  'problem.already_disputed': [
    '这一行已提出异议，请等待答复。',
    'This line is disputed already. Wait for the answer.',
  ],
  'problem.disputes_open': [
    '还有 {{count}} 条异议未答复，暂不能确认。',
    '{{count}} disputed lines wait for an answer. Confirm after that.',
  ],
  'problem.nothing_open': ['这张对账单没有未付金额。', 'Nothing is left to pay on this statement.'],
  'problem.term_too_long': [
    '账期 {{days}} 天超过上限 {{max}} 天：{{source}}。',
    '{{days}} days are above the limit of {{max}}: {{source}}.',
  ],
  'problem.term_needs_agreement': [
    '账期 {{days}} 天超过 {{warn}} 天，须有书面约定：{{source}}。',
    'More than {{warn}} days need a written agreement ({{days}} asked): {{source}}.',
  ],
  'problem.nothing_to_invoice': ['这张对账单没有可开票的货款。', 'This statement has no goods to invoice.'],
  'problem.invoice_columns_missing': [
    '文件缺少这些列：{{columns}}。请先导出发票数据，填好号码后再上传。',
    'The file lacks these columns: {{columns}}. Export the invoice data, fill the numbers in and upload it again.',
  ],
  'problem.invoice_rows_bad': [
    '文件第 {{lines}} 行有误，整个文件未导入。请改正后重新上传。',
    'Line {{lines}} of the file is wrong, so nothing was taken in. Correct it and upload the file again.',
  ],
  'problem.invoice_number_taken': ['这个发票号码已登记。', 'This invoice number is already entered.'],
  'problem.month_not_over': ['这个月还没有结束。', 'This month is not over yet.'],
  'problem.month_not_ready': [
    '检查清单还有 {{count}} 项未完成，暂不能月结。',
    '{{count}} [point|points] of the checklist are open. Finish them first.',
  ],
  'problem.period_closed': [
    '该月已月结，不能再记账。需要时请申请重新打开。',
    'The books of that month are closed. Ask to have them opened again.',
  ],
} satisfies Record<string, Pair>
