import { FileSystemError } from '../file-system.js';
import type { FileSystemErrorKind } from '../file-system.js';

const KINDS: Readonly<Record<string, FileSystemErrorKind>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'io',
  EROFS: 'io',
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
  EACCES: 'denied',
  EPERM: 'denied',
  EMFILE: 'tooManyFiles',
  ENFILE: 'tooManyFiles',
};

const ADVICE: Readonly<Record<FileSystemErrorKind, string>> = {
  missing: 'there is nothing at this path',
  exists: 'it exists already',
  full: 'the disk is full or a quota is used up: free some room',
  locked: 'another process or part of this one uses it',
  denied: 'permission denied: check the owner and mode of the path',
  tooManyFiles: 'too many open files: raise the limit (ulimit -n)',
  io: 'the device failed',
};

/** The FileSystemError for what node:fs reported; `action` is a verb, such as `write`. */
export function fileSystemError(action: string, path: string, cause: unknown): FileSystemError {
  if (cause instanceof FileSystemError) return cause;
  const code = errorCode(cause);
  const kind = (code === undefined ? undefined : KINDS[code]) ?? 'io';
  const reason = code === undefined || KINDS[code] === undefined ? messageOf(cause) : `${ADVICE[kind]} (${code})`;
  return new FileSystemError(kind, path, `cannot ${action} ${path}: ${reason}`, { cause });
}

/** The code of a Node error such as `ENOENT`, if it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
