/** `identityFrom`: a serial number as it can stand in an address: no spaces, no signs that an address splits at. */
export function identityFrom(serialNumber: string): string {
  return serialNumber
    .trim()
    .replaceAll(/[^A-Za-z0-9._|=+*@-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 48)
}
