/** Handing a finished PDF to the system: its print dialog, its share sheet. */
import { type Outcome, done, failed } from './outcome'

export type PrintError = { readonly code: 'no_viewer' | 'unsupported' | 'cancelled' }

let shown: { readonly frame: HTMLIFrameElement; readonly url: string } | undefined

/**
 * Opens the print dialog for a PDF. `no_viewer`: this browser cannot show PDFs inside a page, as
 * on most phones; then share it or save it, and print from the app that opens it.
 * Needs `frame-src blob:`.
 */
export async function printPdf(pdf: Blob): Promise<Outcome<void, PrintError>> {
  if (!navigator.pdfViewerEnabled) return failed({ code: 'no_viewer' })
  const frame = await loaded(pdf)
  frame.contentWindow?.focus()
  frame.contentWindow?.print()
  return done(undefined)
}

export function canSharePdf(pdf: Blob, name: string): boolean {
  return navigator.canShare?.({ files: [fileOf(pdf, name)] }) ?? false
}

/** Must be called from a tap. */
export async function sharePdf(pdf: Blob, name: string): Promise<Outcome<void, PrintError>> {
  if (!canSharePdf(pdf, name)) return failed({ code: 'unsupported' })
  try {
    await navigator.share({ files: [fileOf(pdf, name)] })
    return done(undefined)
  } catch (cause) {
    const cancelled = cause instanceof DOMException && cause.name === 'AbortError'
    return failed({ code: cancelled ? 'cancelled' : 'unsupported' })
  }
}

function fileOf(pdf: Blob, name: string): File {
  return new File([pdf], name, { type: 'application/pdf' })
}

/** A frame out of sight that holds the PDF. It stays until the next one: the dialog reads it. */
async function loaded(pdf: Blob): Promise<HTMLIFrameElement> {
  shown?.frame.remove()
  if (shown) URL.revokeObjectURL(shown.url)
  const frame = document.createElement('iframe')
  frame.title = '打印'
  frame.setAttribute('aria-hidden', 'true')
  // Not display: none, which some browsers print as an empty page.
  Object.assign(frame.style, { position: 'fixed', width: '1px', height: '1px', border: '0' })
  Object.assign(frame.style, { insetInlineEnd: '0', insetBlockEnd: '0', opacity: '0' })
  const url = URL.createObjectURL(pdf.slice(0, pdf.size, 'application/pdf'))
  shown = { frame, url }
  await new Promise((resolve) => {
    frame.onload = resolve
    frame.src = url
    document.body.append(frame)
  })
  return frame
}
