import { messages } from './messages.ts'

/** What production refuses, and what to do next. */
export const productionProblems = messages({
  'problem.recipe_cycle': [
    '配方不能直接或间接用到它自己的产品。',
    'A recipe cannot use its own product, not even through another recipe.',
  ],
  'problem.recipe_not_in_force': [
    '这版配方在该日没有生效，请改用现行版本。',
    'This version of the recipe is not in force on that day. Use the present one.',
  ],
  'problem.allergens_missing': [
    '标签缺少致敏原：{{allergens}}。请先在规格中补全。',
    'The label does not name: {{allergens}}. Add them to the pack first.',
  ],
  'problem.preservative_in_prepared_dish': [
    '预制菜不得使用防腐剂（{{names}}），请更换原料或配方。',
    'A prepared dish must not hold preservatives ({{names}}). Change the material or the recipe.',
  ],
  'problem.repack_other_goods': [
    '混装、分装只能用同类食用农产品。',
    'Only agricultural goods of the same kind can be mixed or repacked.',
  ],
  'problem.lot_in_production': [
    '该批次由生产批 {{number}} 生产，请在生产中操作。',
    'This lot is made by batch {{number}}. Work on it there.',
  ],
  'problem.not_in_recipe': [
    '配方里没有 {{name}}，请核对批次。',
    '{{name}} is not in the recipe. Check the lot.',
  ],
  'problem.genealogy_cycle': [
    '这个批次是由本批生产出来的，不能再投回本批。',
    'This lot was made from the batch’s own lot and cannot go into it.',
  ],
  'problem.input_expired': [
    '批次 {{lot}} 已于 {{day}} 过期，不得投料，请隔离销毁。',
    'Lot {{lot}} expired on {{day}}: do not use it, set it apart for destruction.',
  ],
  'problem.input_short': [
    '批次 {{lot}} 只剩 {{available}}，请改少或换一批。',
    'Only {{available}} of lot {{lot}} is left. Take less, or another lot.',
  ],
  'problem.over_put_back': ['最多能退回 {{most}}。', 'At most {{most}} can be put back.'],
  'problem.limit_not_kept': [
    '温度没有达到关键限值，请写明采取的措施。',
    'The critical limit was not kept. Say what was done about it.',
  ],
  'problem.critical_limit_off': [
    '工序 {{names}} 最后一次测温没有达到关键限值，不能放行。请复测，或判为不合格。',
    'The last reading of {{names}} is beyond its critical limit: measure again before release, or fail the batch.',
  ],
  'problem.inputs_missing': ['还没有投料：{{names}}。', 'Nothing was taken yet of: {{names}}.'],
  'problem.inputs_taken': [
    '已经投料，请先退回原料再取消。',
    'Material was taken already. Put it back before you cancel.',
  ],
  'problem.steps_open': ['还有工序没有记录：{{names}}。', 'Steps without a record: {{names}}.'],
  'problem.yield_out_of_tolerance': [
    '按投料应得 {{expected}}，相差超过允许范围，请写明原因。',
    'What was used should give {{expected}}. The difference is beyond tolerance: give the reason.',
  ],
  'problem.mixture_off_recipe': [
    '{{names}} 的用量与配方相差较大，请写明原因。',
    'The quantity of {{names}} is far from the recipe: give the reason.',
  ],
  'problem.label_incomplete': [
    '标签资料不全：{{parts}}。请先补全再完成生产。',
    'The label lacks: {{parts}}. Complete it before the batch is finished.',
  ],
  'problem.inspection_empty': ['请至少填写一项检验结果。', 'Enter at least one result.'],
  'problem.basis_missing': ['请选择合格证的依据。', 'Choose the grounds of the certificate.'],
  'problem.store_missing': [
    '该单位还没有登记生产地点，请先补充地点。',
    'This organisation has no site yet. Add one first.',
  ],
})
