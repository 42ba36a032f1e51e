import { openGateway, type ReadImage } from '#gateway/gateway.ts';

/** What was taken out of an image, and the images that were to be had with their platforms. */
export type ImageDocument = ReadImage & { readonly images: readonly { readonly name: string | null; readonly platforms: readonly string[] }[] };

/** Takes the contents out of one image without a store; a null name asks for the only one there is. */
export async function imageDocument(at: string, name: string | null, platform: string | null): Promise<ImageDocument> {
  const gateway = openGateway({ workers: 1 });
  try {
    const { images, problems } = await gateway.listImages(at);
    const none = { contents: null, createdAt: null, digest: null, images };
    if (problems.length > 0) return { ...none, problems };
    const [wanted, ...others] = images.filter((each) => name === null || each.name === name);
    if (wanted === undefined || others.length > 0)
      return { ...none, problems: [{ code: 'which-image', message: 'Say with --name which of the images it is.', severity: 'error' }] };
    return { ...(await gateway.readImage({ at, name: wanted.name, platform })), images };
  } finally {
    gateway.close();
  }
}
