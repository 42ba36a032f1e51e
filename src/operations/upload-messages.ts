import type { UploadFor } from './take-upload.ts';

/** What the server tells the thread that takes uploads; `upload` is a number of the server's own. */
export type ToUploads =
  | { readonly kind: 'begin'; readonly upload: number; readonly publicId: string }
  | { readonly kind: 'chunk'; readonly upload: number; readonly bytes: Uint8Array }
  /** All has come in. Which component it is for may be known only now. */
  | { readonly kind: 'end'; readonly upload: number; readonly target: UploadFor }
  /** The rest will not come: nothing of it is kept. */
  | { readonly kind: 'broken'; readonly upload: number }
  | { readonly kind: 'stop' };

/** What that thread answers. `taken` is durable. */
export type FromUploads =
  /** One more chunk may come. */
  | { readonly kind: 'more'; readonly upload: number }
  | { readonly kind: 'taken'; readonly upload: number }
  /** It is of something that was deleted or erased. */
  | { readonly kind: 'removed'; readonly upload: number; readonly message: string }
  /** It is a document without an inventory. */
  | { readonly kind: 'no-inventory'; readonly upload: number; readonly message: string }
  /** The store cannot be had at this moment: asking again may do. */
  | { readonly kind: 'away'; readonly upload: number; readonly message: string }
  | { readonly kind: 'failed'; readonly upload: number; readonly message: string };
