import type { Pair } from './messages.ts'

/** Refusals of payment. */
export const paymentProblems = {
  'problem.payment_method_off': [
    '本平台暂未开通这种付款方式，请改用银行转账。',
    'This way of paying is not set up here. Pay by bank transfer.',
  ],
  'problem.payment_subject_wrong': [
    '找不到要支付的对账单或订单，或它已不需要付款。请返回重新选择。',
    'The statement or order to pay is not there, or needs no payment. Go back and choose again.',
  ],
  'problem.provider_unreachable': [
    '暂时连不上支付渠道，付款状态稍后会自动更新。',
    'The payment provider does not answer just now. The payment is looked up again by itself.',
  ],
  'problem.webhook_not_signed': ['通知签名无效。', 'The notice is not signed by the payment provider.'],
  'problem.bank_columns_missing': [
    '银行流水缺少这些列：{{columns}}。请从网银重新导出后再试。',
    'The bank statement lacks these columns: {{columns}}. Export it from the bank again.',
  ],
  'problem.bank_lines_bad': [
    '文件第 {{lines}} 行有误，整个文件未导入。请改正后重新上传。',
    'Line {{lines}} of the file is wrong, so nothing was taken in. Correct it and upload the file again.',
  ],
  'problem.bank_serial_differs': [
    '第 {{lines}} 行的流水号已经导入过，但内容不同，整个文件未导入。请核对银行流水。',
    'Line {{lines}} has a serial number that is known with other content, so nothing was taken in. Check it with the bank.',
  ],
  'problem.second_person_needed': [
    '需要另一位财务人员复核，申请人不能自己批准。',
    'A second person of finance has to decide; who asked cannot.',
  ],
  'problem.refund_too_large': [
    '退款金额超过可退余额 {{left}} 元。',
    'The refund is more than the ¥{{left}} that can be given back.',
  ],
  'problem.refund_too_late': [
    '已超过该付款方式 {{days}} 天的退款期限，请改用银行转账退回。',
    'This way of paying takes refunds for {{days}} days only. Give the money back by bank transfer.',
  ],
  'problem.connect_not_possible': [
    '只有平台要付款的单位（合作社、基地、经纪人、承运方）才能开通渠道收款账户。',
    'Only parties that are paid out to (co-ops, bases, brokers, carriers) may have an account at the provider.',
  ],
} satisfies Record<string, Pair>
