const operator = [
  ['operator', '申报单位'],
  ['operatorUscc', '申报单位统一社会信用代码'],
  ['hub', '仓库'],
  ['hubAddress', '仓库地址'],
] as const
const goods = [
  ['category', '追溯品类'],
  ['name', '食品名称'],
  ['spec', '规格'],
  ['quantity', '数量'],
  ['unit', '单位'],
  ['lot', '生产批号'],
  ['madeOn', '生产日期'],
  ['shelfLifeDays', '保质期（天）'],
  ['useByDay', '到期日'],
  ['certificate', '合格证/检验证号'],
] as const

/** Fields of the records for the city’s trace platform, in the order of the table, with their Chinese heads. */
export const uploadFields = {
  in: [
    ...operator,
    ...goods,
    ['at', '进货时间'],
    ['partyName', '供货者名称'],
    ['partyUscc', '供货者统一社会信用代码'],
    ['partyAddress', '供货者地址'],
    ['partyContact', '供货者联系人'],
    ['partyPhone', '供货者联系电话'],
    ['document', '发货单号'],
  ],
  out: [
    ...operator,
    ...goods,
    ['at', '销售时间'],
    ['partyName', '购货者名称'],
    ['partyUscc', '购货者统一社会信用代码'],
    ['partySite', '收货点'],
    ['partyAddress', '收货地址'],
    ['partyContact', '联系人'],
    ['partyPhone', '联系电话'],
    ['document', '订单号'],
  ],
  archive: [...operator, ['licences', '许可证'], ['at', '变更时间']],
} as const satisfies Record<string, readonly (readonly [string, string])[]>
