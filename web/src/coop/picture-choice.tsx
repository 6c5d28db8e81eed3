import { t } from '../app/i18n.ts'
import { Picture } from '../kit/picture.tsx'
import './product-texts.ts'

/** Pictures drawn for the product; a photo of one's own goods is better. */
const pictures = `
  generic kumquat mandarin-orange pear peach kiwi lotus-seed peanut coix rice rice-black leaf-veg
  lettuce-stem chilli-yellow yam radish-dried bamboo-shoot-fresh bamboo-shoot-dried
  mushroom-fresh mushroom-red mushroom-bamboo-fungus pork egg fish-carp fish-mandarin tea-green
  tea-black tea-oolong chrysanthemum herb dendrobium duck-pressed duck-leg jerky tofu tofu-skin
  tea-oil brown-sugar dumpling-steamed wonton wonton-skin filling siu-mai taro-dumpling noodle
  rice-jelly soup-jar soup-jar-black peanut-sauce soy-sauce chilli-sauce garlic-oil spice-bag
  bowl
`
  .trim()
  .split(/\s+/)

/** Chooses one of the drawn pictures. */
export function PictureChoice({ value, onPick }: { value: string; onPick: (key: string) => void }) {
  const shown = pictures.includes(value) ? pictures : [value, ...pictures]
  return (
    <fieldset className="coop-pictures">
      <legend className="k-label">{t('coop.product.picture')}</legend>
      <div>
        {shown.map((key) => (
          <label key={key}>
            <input
              type="radio"
              name="picture"
              className="sr-only"
              aria-label={key}
              checked={key === value}
              onChange={() => onPick(key)}
            />
            <Picture picture={key} size={56} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
