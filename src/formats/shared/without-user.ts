/** An address without the user and password in it: they are nobody's business. */
export function withoutUser(address: string): string {
  return address.replace(/\/\/[^/@\s]*@/, '//');
}
