import type { Pair } from './messages.ts'

/** Refusals of waves, picks and totes. */
export const pickingProblems = {
  'problem.wave_empty': ['没有可拣的订单。', 'There are no orders to pick.'],
  'problem.wrong_lot': ['批号不对：请拣 {{expected}}。', 'Wrong lot: pick {{expected}}.'],
  'problem.over_pick': ['拣货数量不能超过 {{max}}。', 'No more than {{max}} can be picked.'],
  'problem.weight_out_of_tolerance': [
    '称重超出允许误差（{{min}}–{{max}}），请复称。',
    'The weight is outside the tolerance ({{min}}–{{max}}). Weigh it again.',
  ],
  'problem.wrong_tote': ['箱号不对：请放入 {{expected}}。', 'Wrong tote: put it into {{expected}}.'],
  'problem.under_pick': [
    '数量不足 {{quantity}}；如货不够，请按“短拣”并选择原因。',
    'That is less than {{quantity}}. If there is no more, use “short” and give the reason.',
  ],
  'problem.tote_unfinished': [
    '这个箱子还有 {{open}} 项未拣，不能封箱。',
    '{{open}} picks of this tote are still open; it cannot be sealed.',
  ],
  'problem.tote_mixes_handling': [
    '生熟不能混装：此箱装{{holds}}，请放入 {{expected}}。',
    'Raw and ready-to-eat goods may not share a tote: this one holds {{holds}}. Put it into {{expected}}.',
  ],
  'problem.tote_mixes_allergen': [
    '含花生的货要单独装箱：此箱装{{holds}}，请放入 {{expected}}。',
    'Peanut goods have totes of their own: this one holds {{holds}}. Put it into {{expected}}.',
  ],
  'problem.tote_mixes_lots': [
    '散货不同批次不能混在一箱：此箱只装批次 {{holds}}，请放入 {{expected}}。',
    'Lots of loose goods are never mixed: this tote holds lot {{holds}} only. Put it into {{expected}}.',
  ],
  'problem.tote_other_zone': [
    '温区不同：此箱属{{holds}}，请放入 {{expected}}。',
    'That tote is of another temperature zone ({{holds}}). Put it into {{expected}}.',
  ],
  'problem.tote_held': [
    '这个箱子在{{who}}手上，请先交接（扫箱码接手）。',
    '{{who}} has this tote in hand. Take it over first by scanning its code.',
  ],
  'problem.tote_unchecked': [
    '这个箱子还没复核，请先过秤或点数。',
    'This tote has not been checked yet. Weigh it or count it first.',
  ],
  'problem.tote_stopped_lot': [
    '箱内批次 {{lot}} 已停售，不能封箱；请取出隔离。',
    'Lot {{lot}} in this tote is stopped. Take it out and set it apart before sealing.',
  ],
  'problem.count_incomplete': [
    '请把箱内每一项都点数（还差 {{missing}} 项）。',
    'Count everything in the tote ({{missing}} still to count).',
  ],
  'problem.later_lot_first': [
    '请先拣更早到期的批次，或说明原因。',
    'Pick the lot that expires earlier first, or give a reason.',
  ],
} satisfies Record<`problem.${string}`, Pair>
