import type { Pair } from './messages.ts'

/** Refusals of bins, counts, transfers and disposal. */
export const storingProblems = {
  'problem.bin_short': [
    '货位{{bin}}里没有这么多货，请刷新后再试。',
    'There is not so much in bin {{bin}}. Refresh and try again.',
  ],
  'problem.bin_closed': ['这个货位已停用。', 'This bin is closed.'],
  'problem.bin_move_forbidden': [
    '货物不能这样移动：退货只能进待销毁区，待销毁的货不能再出来，隔离的货须由食品安全人员放行。',
    'Goods may not go this way: returns only go to be destroyed, nothing comes back from there, and quarantine is released by food safety.',
  ],
  'problem.bin_wrong_zone': [
    '这批货须放在{{zone}}，不能放到{{bin}}。',
    'These goods belong in {{zone}}. Bin {{bin}} is of another zone.',
  ],
  'problem.bin_code_taken': ['本仓已有这个货位编号。', 'The hub has a bin with this code.'],
  'problem.bin_fixed': [
    '货位的编号、温区和用途建好后不能更改，请新建一个货位。',
    'A bin keeps its code, zone and kind. Open another one.',
  ],
  'problem.bin_not_empty': [
    '货位{{bin}}里还有货，不能停用。',
    'Bin {{bin}} is not empty and cannot be closed.',
  ],
  'problem.picks_stand_on_it': [
    '有{{count}}（基本单位）已分给正在拣的订单。请先拣完或报缺货，或暂停整个批次。',
    'Orders being picked stand on {{count}} (base units) of it. Finish or short those picks first, or hold the whole lot.',
  ],
  'problem.over_return': [
    '退回的数量多于从这批货里拣出的数量，最多{{max}}。',
    'More than was ever picked of this lot. At most {{max}}.',
  ],
  'problem.over_free': [
    '批次{{lot}}可调拨的只有{{max}}（基本单位），其余已承诺给订单。',
    'Only {{max}} (base units) of lot {{lot}} is free. The rest is promised to orders.',
  ],
  'problem.over_transfer': ['超出调拨单要求的数量，最多{{max}}。', 'More than was asked. At most {{max}}.'],
  'problem.lot_on_the_way': [
    '批次{{lot}}上一车还没到对方仓库，收货后才能再发。',
    'Lot {{lot}} is still on its way there. Send more of it once it has been received.',
  ],
  'problem.lot_not_here': ['这个批次不属于本仓。', 'This lot is not of this hub.'],
  'problem.count_open': ['货位{{bin}}已有未完成的盘点。', 'Bin {{bin}} is already being counted.'],
  'problem.goods_expired': [
    '批次{{lot}}已过期，只能送去销毁。',
    'Lot {{lot}} has expired. It can only be destroyed.',
  ],
  'problem.other_person_needed': ['这一步须由另一位同事来做。', 'Somebody else must do this step.'],
  'problem.not_near_expiry': ['这个批次还没有进入临期。', 'This lot is not near its expiry yet.'],
} satisfies Record<`problem.${string}`, Pair>
