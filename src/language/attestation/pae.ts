/**
 * The bytes that a DSSE signature is over: `DSSEv1 <length of type> <type> <length of payload> <payload>`, lengths in bytes and decimal.
 * https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${String(type.length)} `), type, Buffer.from(` ${String(payload.length)} `), payload]);
}
