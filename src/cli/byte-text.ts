/** For JSON: text where the bytes are text, else base64 under another name, so that nothing is lost. */
export function bytesForJson(name: string, value: Uint8Array | null): Record<string, string | null> {
  if (value === null) return { [name]: null };
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? { [name]: text } : { [`${name}Base64`]: bytes.toString('base64') };
}
