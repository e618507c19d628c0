/** A list's one line of introduction; the pages of its rows have their own heads and go without. */
export function ListIntro({ id, description }: { id?: number | string; description?: string }) {
  return id === undefined ? <p className="cpms-muted">{description}</p> : null
}
