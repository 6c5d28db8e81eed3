import './show.css'

type PictureProps = { picture: string | null | undefined; alt?: string; size?: number }

/**
 * The picture of a product: an uploaded photo (an address) or a drawn one by its key (`lotus-seed`).
 * The name stands beside it, so `alt` stays empty unless the picture is alone.
 */
export function Picture({ picture, alt = '', size }: PictureProps) {
  const drawn = `/pictures/${picture && /^[a-z-]+$/.test(picture) ? picture : 'generic'}.svg`
  return (
    <img
      className="k-picture"
      src={picture?.startsWith('/') ? picture : drawn}
      alt={alt}
      width={size ?? 96}
      height={size ?? 96}
      style={size ? { width: size } : undefined}
      loading="lazy"
      decoding="async"
      onError={(event) => {
        const image = event.currentTarget
        if (!image.src.endsWith('/pictures/generic.svg')) image.src = '/pictures/generic.svg'
      }}
    />
  )
}
