import { type ButtonHTMLAttributes, type ReactNode, useId } from 'react'
import { Link } from 'wouter'
import './button.css'
import { Icon, type IconName } from './icon.tsx'

export type ButtonTone = 'plain' | 'main' | 'danger' | 'quiet'

interface Look {
  tone?: ButtonTone
  /** `l` is 56 px high: warehouse and driver screens. */
  size?: 'm' | 'l'
  icon?: IconName
  full?: boolean
}

type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    busy?: boolean
    /** Why it may not be pressed: the button stays reachable, says why, and does nothing. */
    refused?: string | undefined
  }

/** The one button. `refused` explains itself below; `busy` shows a spinner and takes no second press. */
export function Button(props: ButtonProps) {
  const { tone = 'plain', size = 'm', icon, full, busy, refused, children, onClick, ...rest } = props
  const reasonId = useId()
  const idle = busy || Boolean(refused)
  const button = (
    <button
      type="button"
      {...rest}
      className={`k-button ${rest.className ?? ''}`}
      data-tone={tone}
      data-size={size}
      data-full={full || undefined}
      aria-busy={busy || undefined}
      aria-disabled={idle || undefined}
      aria-describedby={refused ? reasonId : rest['aria-describedby']}
      onClick={idle ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="k-spin" aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  )
  if (!refused) return button
  return (
    <span className="stack" style={{ ['--gap' as string]: '2px' }}>
      {button}
      <span className="k-reason" id={reasonId}>
        {refused}
      </span>
    </span>
  )
}

type IconButtonProps = Omit<Look, 'full'> &
  ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string }

/** A button that is only a picture; `label` is its name for everyone who does not see it. */
export function IconButton({ icon, label, tone = 'quiet', size = 'm', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`k-button ${rest.className ?? ''}`}
      data-tone={tone}
      data-size={size}
      data-icon-only
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  )
}

type LinkButtonProps = Look & { to: string; children: ReactNode; className?: string }

/** A link that looks like a button: it goes somewhere, so it is a link. `~/x` leaves the console. */
export function LinkButton({
  to,
  tone = 'plain',
  size = 'm',
  icon,
  full,
  children,
  className,
}: LinkButtonProps) {
  return (
    <Link
      to={to}
      className={`k-button ${className ?? ''}`}
      data-tone={tone}
      data-size={size}
      data-full={full || undefined}
    >
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  )
}

type FileLinkProps = Look & { href: string; children: ReactNode }

/** A link to a file of the server, looking like a button; it opens beside the screen, which stays. */
export function FileLink({
  href,
  tone = 'plain',
  size = 'm',
  icon = 'download',
  full,
  children,
}: FileLinkProps) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="k-button"
      data-tone={tone}
      data-size={size}
      data-full={full || undefined}
    >
      <Icon name={icon} />
      {children}
    </a>
  )
}
