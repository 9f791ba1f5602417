/** Drawing pictures into JPEG files. */
import { type Outcome, done, failed } from './outcome'

export type ImageError = { readonly code: 'not_an_image' }

export interface Size {
  readonly width: number
  readonly height: number
}

/** Scales `size` down so that its longer side is at most `longest`; never up. */
export function fitted(size: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height))
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) }
}

export function drawn(image: CanvasImageSource, size: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  canvas.getContext('2d', { willReadFrequently: true })?.drawImage(
    image, 0, 0, size.width, size.height,
  )
  return canvas
}

/** Undefined when the browser has no memory left for the picture. */
export function toJpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', quality)
  })
}

/** A small JPEG of a photo, its longer side at most `longest` pixels. Only for showing. */
export async function thumbnail(
  original: Blob,
  longest: number,
): Promise<Outcome<Blob, ImageError>> {
  try {
    const bitmap = await createImageBitmap(original)
    const small = await toJpeg(drawn(bitmap, fitted(bitmap, longest)), 0.8)
    bitmap.close()
    return small ? done(small) : failed({ code: 'not_an_image' })
  } catch {
    return failed({ code: 'not_an_image' })
  }
}
