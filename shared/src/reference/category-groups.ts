import type { LotPaperKind } from './papers.ts'
import type { TaxClass } from './taxes.ts'
import type { Zone } from './zones.ts'

/** What goods are in law; decides licence, label and certificate. */
export const LEGAL_NATURES = ['edible_agri', 'prepackaged', 'food_related'] as const
export type LegalNature = (typeof LEGAL_NATURES)[number]

/** Shanghai traceability catalogue (沪府令33号). Goods outside it are traced by us but not uploaded. */
export const TRACE_CATEGORIES = {
  grain: { zh: '粮食及其制品', en: 'Grain and products' },
  livestock: { zh: '畜产品及其制品', en: 'Livestock and products' },
  poultry: { zh: '禽及其产品、制品', en: 'Poultry and products' },
  vegetable: { zh: '蔬菜', en: 'Vegetables' },
  fruit: { zh: '水果', en: 'Fruit' },
  aquatic: { zh: '水产品', en: 'Aquatic products' },
  soy: { zh: '豆制品', en: 'Soy products' },
  dairy: { zh: '乳品', en: 'Dairy' },
  oil: { zh: '食用油', en: 'Edible oil' },
} as const

export type TraceCategory = keyof typeof TRACE_CATEGORIES

/** Everything a category decides for the goods in it. A SKU may differ by its own label. */
export type CategoryRules = {
  readonly nature: LegalNature
  readonly zone: Zone
  readonly trace: TraceCategory | null
  readonly tax: TaxClass
  /** High-risk food under 上海市食品安全条例 114: supplier audits, kept two years. */
  readonly highRisk: boolean
  /** Class of the producer's SC licence (1 + class number), null for agricultural goods. */
  readonly scClass: string | null
  readonly papers: LotPaperKind
}

type Names = { readonly zh: string; readonly en: string }
export type Leaf = Names & Partial<CategoryRules>
type Group = Names & { readonly rules: CategoryRules; readonly leaves: Readonly<Record<string, Leaf>> }

const agri = (
  zone: Zone,
  trace: TraceCategory | null,
  tax: TaxClass,
  papers: LotPaperKind,
): CategoryRules => ({
  nature: 'edible_agri',
  zone,
  trace,
  tax,
  highRisk: false,
  scClass: null,
  papers,
})

const packed = (
  scClass: string,
  zone: Zone,
  trace: TraceCategory | null,
  highRisk = false,
): CategoryRules => ({
  nature: 'prepackaged',
  zone,
  trace,
  tax: 'processed_food',
  highRisk,
  scClass,
  papers: 'prepackaged',
})

/** First and second level; the third is the product. Rules sit on the group, leaves say only what differs. */
export const CATEGORY_GROUPS = {
  A1: {
    zh: '蔬菜',
    en: 'Vegetables',
    rules: agri('chilled', 'vegetable', 'vegetable', 'plant'),
    leaves: {
      leaf_vegetable: { zh: '叶菜', en: 'Leaf vegetables' },
      root_vegetable: { zh: '根茎', en: 'Root vegetables', zone: 'cool' },
      chilli: { zh: '辣椒', en: 'Chillies', zone: 'cool' },
      fresh_bamboo: { zh: '鲜笋', en: 'Fresh bamboo shoots' },
      yam: { zh: '淮山', en: 'Chinese yam', zone: 'cool' },
    },
  },
  A2: {
    zh: '食用菌',
    en: 'Mushrooms',
    rules: agri('chilled', 'vegetable', 'vegetable', 'plant'),
    leaves: {
      fresh_mushroom: { zh: '鲜菌', en: 'Fresh mushrooms' },
      dried_mushroom: { zh: '干菌', en: 'Dried mushrooms', zone: 'ambient', tax: 'agri', papers: 'dry_agri' },
    },
  },
  A3: {
    zh: '水果',
    en: 'Fruit',
    rules: agri('chilled', 'fruit', 'agri', 'plant'),
    leaves: {
      citrus: { zh: '柑橘', en: 'Citrus' },
      pear_peach: { zh: '梨桃', en: 'Pears and peaches' },
      kiwifruit: { zh: '猕猴桃', en: 'Kiwifruit' },
    },
  },
  A4: {
    zh: '粮食杂粮',
    en: 'Grain and pulses',
    rules: agri('ambient', 'grain', 'agri', 'dry_agri'),
    leaves: {
      packed_rice: { zh: '大米', en: 'Rice', nature: 'prepackaged', scClass: '101', papers: 'prepackaged' },
      coarse_grain: { zh: '杂粮', en: 'Coarse grain' },
      lotus_seed: { zh: '莲子', en: 'Lotus seed', trace: null },
      fresh_peanut: { zh: '湿籽花生', en: 'Fresh peanuts', zone: 'cool', trace: null },
    },
  },
  A5: {
    zh: '畜禽蛋',
    en: 'Meat, poultry, eggs',
    rules: agri('chilled_meat', 'livestock', 'fresh_meat_egg', 'meat'),
    leaves: {
      pork: { zh: '猪肉', en: 'Pork', papers: 'pork' },
      beef_mutton: { zh: '牛羊肉', en: 'Beef and mutton' },
      poultry: { zh: '禽肉', en: 'Poultry', trace: 'poultry' },
      egg: { zh: '禽蛋', en: 'Eggs', zone: 'chilled', trace: 'poultry', papers: 'egg_or_fish' },
    },
  },
  A6: {
    zh: '水产',
    en: 'Fish',
    rules: agri('chilled_meat', 'aquatic', 'agri', 'egg_or_fish'),
    leaves: {
      live_fish: { zh: '活鱼', en: 'Live fish', zone: 'live' },
      chilled_fish: { zh: '冰鲜鱼', en: 'Chilled fish' },
    },
  },
  A7: {
    zh: '茶',
    en: 'Tea',
    rules: packed('114', 'ambient', null),
    leaves: {
      refined_tea: { zh: '精制茶', en: 'Refined tea' },
      crude_tea: {
        zh: '毛茶',
        en: 'Crude tea',
        nature: 'edible_agri',
        scClass: null,
        tax: 'agri',
        papers: 'dry_agri',
      },
    },
  },
  A8: {
    zh: '林下与药食同源',
    en: 'Forest goods',
    rules: agri('ambient', null, 'agri', 'dry_agri'),
    leaves: {
      edible_herb: { zh: '药食同源', en: 'Edible herbs' },
      dried_flower: { zh: '菊花等代用茶', en: 'Chrysanthemum and herbal tea' },
    },
  },
  B1: {
    zh: '腌腊肉与肉干',
    en: 'Cured and dried meat',
    rules: packed('104', 'ambient', 'livestock', true),
    leaves: {
      cured_duck: { zh: '板鸭', en: 'Cured duck', trace: 'poultry' },
      dried_meat: { zh: '肉脯干', en: 'Dried meat' },
    },
  },
  B2: {
    zh: '豆制品',
    en: 'Soy products',
    rules: packed('125', 'chilled_meat', 'soy'),
    leaves: {
      tofu: { zh: '豆腐', en: 'Tofu' },
      tofu_skin: { zh: '豆腐皮', en: 'Tofu skin', zone: 'ambient' },
    },
  },
  B3: {
    zh: '食用油',
    en: 'Edible oil',
    rules: { ...packed('102', 'ambient', 'oil', true), tax: 'edible_oil' },
    leaves: { camellia_oil: { zh: '茶籽油', en: 'Camellia oil' } },
  },
  B4: {
    zh: '笋干菜干与糖',
    en: 'Dried vegetables and sugar',
    rules: agri('ambient', null, 'agri', 'dry_agri'),
    leaves: {
      dried_bamboo: { zh: '笋干', en: 'Dried bamboo shoots' },
      dried_vegetable: { zh: '菜干', en: 'Dried vegetables' },
      brown_sugar: { zh: '红糖', en: 'Brown sugar', ...packed('121', 'ambient', null) },
    },
  },
  C1: {
    zh: '速冻面米',
    en: 'Frozen dough goods',
    rules: packed('111', 'frozen', 'grain'),
    leaves: {
      frozen_dumpling: { zh: '蒸饺水饺', en: 'Frozen dumplings' },
      frozen_bianrou: { zh: '扁肉', en: 'Frozen bianrou' },
      frozen_shaomai: { zh: '烧麦', en: 'Frozen shaomai' },
      frozen_taro_dumpling: { zh: '芋饺', en: 'Frozen taro dumplings' },
    },
  },
  C2: {
    zh: '生湿面与皮',
    en: 'Fresh noodles and wrappers',
    rules: { ...packed('101', 'chilled_meat', 'grain'), tax: 'grain_product' },
    leaves: {
      fresh_noodle: { zh: '鲜面', en: 'Fresh noodles' },
      wrapper: { zh: '扁肉皮饺子皮', en: 'Wrappers' },
      rice_jelly: { zh: '米冻', en: 'Rice jelly' },
    },
  },
  C3: {
    zh: '馅料与调制肉',
    en: 'Fillings and prepared meat',
    rules: packed('111', 'frozen', 'livestock'),
    leaves: {
      frozen_filling: { zh: '冷冻馅料', en: 'Frozen fillings' },
      chilled_filling: {
        zh: '冷藏馅料',
        en: 'Chilled fillings',
        zone: 'chilled_meat',
        scClass: '104',
        highRisk: true,
      },
    },
  },
  C4: {
    zh: '炖罐',
    en: 'Stewed jars',
    rules: packed('111', 'frozen', 'livestock'),
    leaves: {
      pork_stew: { zh: '排骨炖罐', en: 'Pork rib stew' },
      poultry_stew: { zh: '乌鸡炖罐', en: 'Chicken stew', trace: 'poultry' },
    },
  },
  C5: {
    zh: '调味料',
    en: 'Seasonings',
    rules: packed('103', 'ambient', null),
    leaves: {
      peanut_sauce: { zh: '花生酱', en: 'Peanut sauce' },
      soy_sauce: { zh: '酱油', en: 'Soy sauce' },
      chilli_sauce: { zh: '辣椒酱', en: 'Chilli sauce' },
      spice_pack: { zh: '卤料与药材包', en: 'Spice packs' },
      flavoured_oil: { zh: '蒜头油葱油', en: 'Flavoured oil' },
    },
  },
  C6: {
    zh: '卤味熟食',
    en: 'Braised meat',
    rules: packed('104', 'frozen', 'poultry', true),
    leaves: {
      braised_poultry: { zh: '卤禽', en: 'Braised poultry' },
      braised_egg: { zh: '卤蛋', en: 'Braised eggs', zone: 'chilled', scClass: '119', highRisk: false },
    },
  },
  D1: {
    zh: '包材耗材',
    en: 'Packaging',
    rules: {
      nature: 'food_related',
      zone: 'ambient',
      trace: null,
      tax: 'packaging',
      highRisk: false,
      scClass: null,
      papers: 'packaging',
    },
    leaves: {
      takeaway_ware: { zh: '外卖餐具', en: 'Takeaway ware' },
      carrier_bag: { zh: '打包袋', en: 'Carrier bags' },
    },
  },
} as const satisfies Record<string, Group>
