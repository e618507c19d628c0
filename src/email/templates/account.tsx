/** @jsxRuntime automatic */
import { Letter } from '../parts'

/** What Payload itself sends (a link to set a password): its paragraphs in our frame. */
export function AccountMail({
  network = 'CITA EV',
  title = 'A new password for the panel',
  paragraphs = ['Somebody, we hope you, asked for a new password.'],
}: {
  network?: string
  title?: string
  paragraphs?: readonly string[]
}) {
  return (
    <Letter foot="You get this because of your account." network={network} title={title}>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{linked(paragraph)}</p>
      ))}
    </Letter>
  )
}

function linked(paragraph: string) {
  return /^https?:\/\/\S+$/.test(paragraph) ? <a href={paragraph}>{paragraph}</a> : paragraph
}
