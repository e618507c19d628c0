/** `escapeHtml`: a text as it stands in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** `letterOf`: a mail of plain paragraphs, both ways a mail is read. */
export function letterOf(lines: readonly string[]): { html: string; text: string } {
  return {
    html: lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n'),
    text: `${lines.join('\n\n')}\n`,
  }
}
