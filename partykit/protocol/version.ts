/** Wire protocol version. A client that understands it connects with `?v=1` (rule V1). */
export const PROTOCOL_VERSION = 1;
