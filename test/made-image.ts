import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';

/** An entry of a tar; a file with its content where nothing else is said. `header` changes fields of the finished header, by their place. */
export type MadeEntry = {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly kind?: 'file' | 'folder' | 'link' | 'hard-link' | 'device' | 'sparse' | 'pax' | 'common' | 'long-name' | 'long-link';
  readonly to?: string;
  readonly mode?: number;
  readonly size?: number;
};

const kinds = {
  file: '0',
  'hard-link': '1',
  link: '2',
  device: '3',
  folder: '5',
  sparse: 'S',
  pax: 'x',
  common: 'g',
  'long-name': 'L',
  'long-link': 'K',
};

/** A tar with these entries, as they stand: nothing is made right. */
export function madeTar(entries: readonly MadeEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = '', kind = 'file', to = '', mode = 0o644, size }) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(path.slice(0, 100), 0);
    header.write(`${mode.toString(8).padStart(7, '0')}\0`, 100);
    header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124);
    header.write(' '.repeat(8), 148);
    header.write(kinds[kind], 156);
    header.write(to.slice(0, 100), 157);
    header.write('ustar\0' + '00', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** What a pax header says, each record with its own length. */
export function paxRecords(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([key, value]) => {
      const rest = ` ${key}=${value}\n`;
      let length = Buffer.byteLength(rest);
      while (length !== Buffer.byteLength(rest) + String(length).length) length = Buffer.byteLength(rest) + String(length).length;
      return `${String(length)}${rest}`;
    })
    .join('');
}

/** One image for one platform. */
export type MadeImage = {
  readonly layers: readonly Buffer[];
  readonly name?: string;
  /** `linux/amd64` where nothing is said. */
  readonly platform?: string;
  readonly packing?: 'gzip' | 'zstd' | 'none';
  readonly created?: string;
  readonly labels?: Readonly<Record<string, string>>;
};

/** The digest of these bytes as OCI writes it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

const packings = { gzip: gzipSync, zstd: zstdCompressSync, none: (bytes: Buffer) => bytes };
const suffixes = { gzip: '+gzip', zstd: '+zstd', none: '' };

/** The files of an OCI layout with these images, by path; several platforms of one name lie in an index of their own. */
export function ociLayout(images: readonly MadeImage[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>([['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')]]);
  const put = (bytes: Buffer, mediaType: string): object => {
    const digest = digestOf(bytes);
    files.set(`blobs/${digest.replace(':', '/')}`, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const putJson = (value: unknown, mediaType: string): object => put(Buffer.from(JSON.stringify(value)), mediaType);
  const manifests = images.map((image) => {
    const { layers, platform = 'linux/amd64', packing = 'gzip' } = image;
    const config = putJson(configOf(image), 'application/vnd.oci.image.config.v1+json');
    const parts = layers.map((layer) => put(packings[packing](layer), `application/vnd.oci.image.layer.v1.tar${suffixes[packing]}`));
    const manifest = putJson({ schemaVersion: 2, config, layers: parts }, 'application/vnd.oci.image.manifest.v1+json');
    const [os = '', architecture = '', variant] = platform.split('/');
    return { name: image.name, descriptor: { ...manifest, platform: { os, architecture, ...(variant === undefined ? {} : { variant }) } } };
  });
  const attested = { ...manifests[0]?.descriptor, platform: { os: 'unknown', architecture: 'unknown' } };
  const top = [...Map.groupBy(manifests, ({ name }) => name)].map(([name, each]) => {
    const annotations = name === undefined ? {} : { 'org.opencontainers.image.ref.name': name };
    if (each.length === 1) return { ...each[0]?.descriptor, annotations };
    const index = putJson(
      { schemaVersion: 2, manifests: [...each.map(({ descriptor }) => descriptor), attested] },
      'application/vnd.oci.image.index.v1+json',
    );
    return { ...index, annotations };
  });
  return files.set('index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: top })));
}

/** The files of what `docker save` wrote before it wrote OCI layouts, by path. */
export function dockerSave(image: MadeImage): Map<string, Buffer> {
  const config = Buffer.from(JSON.stringify(configOf(image)));
  const name = `${digestOf(config).slice('sha256:'.length)}.json`;
  const layers = image.layers.map((layer, at) => [`${String(at).padStart(64, '0')}/layer.tar`, layer] as const);
  const manifest = [{ Config: name, RepoTags: image.name === undefined ? null : [image.name], Layers: layers.map(([path]) => path) }];
  return new Map<string, Buffer>([[name, config], ...layers, ['manifest.json', Buffer.from(JSON.stringify(manifest))]]);
}

/** These files as one tar. */
export function tarOf(files: ReadonlyMap<string, Buffer>): Buffer {
  return madeTar([...files].map(([path, content]) => ({ path, content })));
}

function configOf({ layers, platform = 'linux/amd64', created, labels = {} }: MadeImage): object {
  const [os, architecture, variant] = platform.split('/');
  return {
    os,
    architecture,
    variant,
    created,
    config: { Labels: labels, Env: ['SECRET=1'] },
    rootfs: { type: 'layers', diff_ids: layers.map(digestOf) },
  };
}
