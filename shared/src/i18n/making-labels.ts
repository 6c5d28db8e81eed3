import { messages } from './messages.ts'

/** Sentences of food labels, for who makes goods. */
export const makingLabelMessages = messages({
  'making.label.ingredients': ['配料表（按用量从多到少）', 'Ingredients, in falling order of weight'],
  'making.label.ingredient': ['配料 {{n}}', 'Ingredient {{n}}'],
  'making.label.additive': ['添加剂类别', 'Additive class'],
  'making.label.noAdditive': ['不是添加剂', 'No additive'],
  'making.label.add': ['加一行', 'Add a line'],
  'making.label.propose': ['按配方填写', 'Fill in from the recipe'],
  'making.label.standard': ['产品标准代号', 'Product standard'],
  'making.label.licence': ['生产许可证编号', 'SC number'],
  'making.label.dish': ['预制菜分类', 'Prepared dish'],
  'making.label.dishIs': ['这个规格是：{{what}}', 'This pack is: {{what}}'],
  'making.label.dishOpen': ['请回答下面的问题', 'Answer the questions below'],
  'making.label.q.prepackaged': ['是预包装食品吗？', 'Is it prepackaged?'],
  'making.label.q.staple': [
    '是主食类吗（速冻面米、面、盒饭、馒头、糕点…）？',
    'Is it staple food (frozen dough goods, noodles, boxed meals …)?',
  ],
  'making.label.q.only_cut': ['只是清洗、去皮、切分（净菜）吗？', 'Is it only washed, peeled or cut?'],
  'making.label.q.eaten_cold': ['不加热就能直接吃吗？', 'Is it eaten without heating?'],
  'making.label.q.central_kitchen': [
    '是中央厨房做给自家门店的吗？',
    'Is it made by a central kitchen for its own shops?',
  ],
  'making.label.q.industrial_dish': [
    '是工业化预加工、加热或烹调后食用的菜肴吗？',
    'Is it an industrially prepared dish, heated or cooked before eating?',
  ],
  'making.label.yes': ['是', 'Yes'],
  'making.label.no': ['否', 'No'],
  'making.label.warn.shelf_life_over_year': [
    '预制菜保质期超过12个月（国标征求意见稿，尚未实施）',
    'A prepared dish keeps for more than twelve months (draft standard, not in force)',
  ],
  'making.label.warn.question_open': ['还有问题没有回答', 'A question is open'],
  'making.label.warn.standard_missing': ['还没有产品标准代号', 'The product standard is missing'],
  'making.label.warn.licence_missing': ['还没有生产许可证编号', 'The SC number is missing'],
  'making.label.save': ['保存', 'Save'],
  'making.label.saved': ['已保存', 'Saved'],
  'making.label.ofLot': ['标签', 'Label'],
  'making.label.print': ['打印标签', 'Print the label'],
  'making.label.allergens': ['致敏原提示', 'Allergens'],
  'making.label.producer': ['生产者', 'Producer'],
  'making.label.storage': ['贮存条件', 'Storage'],
  'making.label.shelfLife': ['保质期 {{days}} 天', 'Keeps {{days}} days'],
})
