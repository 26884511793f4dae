/**
 * `idle`: nobody asked to connect. `connecting`: first attempt, nothing is known yet. `open`: the history has arrived.
 * `reconnecting`: the link was lost and is being made again. `refused`: the relay said no, and trying again cannot help.
 */
export type ConnectionState = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'refused';
