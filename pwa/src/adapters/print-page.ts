/** The system's print dialog for what stands on the screen. */

export function printPage(): void {
  window.print()
}
