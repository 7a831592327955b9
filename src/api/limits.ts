/** Bounds of the HTTP interface; every one is a bound on what a stranger can make the room do or keep. */
export const apiLimits = {
  /** Largest body of a command or message, bytes. */
  bodyBytes: 512 * 1024,
  /** Lists and groups inside one another in a body. */
  bodyDepth: 24,
  /** Names and values together in a body. */
  bodyNodes: 20_000,
  /** Length of one step of a path: ids are 64 characters at most. */
  pathStepCharacters: 80,
  /** All headers of a request together, bytes. */
  headersBytes: 16 * 1024,
  /** Headers of one request. */
  headersMost: 100,
  /** From the first byte to the end of the headers. */
  headersMs: 10_000,
  /** From the first byte to the end of the body: a request told drop by drop is cut off. */
  requestMs: 30_000,
  /** A connection without a request. */
  keepAliveMs: 65_000,
  /** Requests on one connection before it is to be made anew. */
  requestsPerConnection: 10_000,
  connectionsMost: 4_000,
  /** How often the server looks for connections past their time. */
  connectionsCheckedMs: 2_000,
  /** Faults named in one answer. */
  faultsShown: 20,
  /** Events in one page. */
  pageEvents: 500,
  /** Rows of one search. */
  searchRows: 100,
  /** Whoever was told that the room is busy tries again after this. */
  retryAfterSeconds: 2,
  /** An orderly stop waits this long for requests under way. */
  closingMs: 5_000,
} as const;

/** Bounds of what is given out of the room at once. */
export const disclosureLimits = {
  eventsMost: 5_000,
  /** Headers and bodies together, as the log holds them. */
  bytesMost: 8 * 1024 * 1024,
  redactionsMost: 20,
} as const;

/** Bounds of the event stream. */
export const streamLimits = {
  /** Streams of one person at a time: six windows and two that are just going away. */
  perPerson: 8,
  perRoom: 2_000,
  /** Bytes that wait to be sent to one reader; a reader slower than that is let go and resumes from its last event. */
  waitingBytes: 1024 * 1024,
  /** The newest events held in memory, for readers that come back after a moment. */
  heldEvents: 20_000,
  heldBytes: 32 * 1024 * 1024,
  /** Events in one page of the log while a reader catches up. */
  pageEvents: 500,
  pulseMs: 5_000,
  /** A reader that takes nothing for so long is let go. */
  stuckMs: 30_000,
  /** How long a client waits before it comes back, as it is told. */
  retryMs: 1_000,
} as const;

/** Bounds of what is sent out to configured addresses. */
export const webhookLimits = {
  targetsMost: 64,
  pageEvents: 200,
  answerMs: 10_000,
  /** The answer's body is read and thrown away up to here. */
  answerBytes: 64 * 1024,
  attemptsMost: 12,
  firstWaitMs: 1_000,
  longestWaitMs: 300_000,
} as const;

/** Bounds of what comes in from telephony and middleware. */
export const ingressLimits = {
  /** A message that the room cannot take at once is tried again for so long before its sender is asked to. */
  patienceMs: 20_000,
  tryAgainMs: 100,
  /** A location that comes ahead of its call waits for it at most this long, and looks for it this often. */
  earlyMs: 20_000,
  lookMs: 500,
  /** Nonces that are remembered: five minutes of the busiest middleware. */
  noncesMost: 200_000,
} as const;

/** Bounds of what is told of where units are. */
export const positionLimits = {
  /** Units in one message: more than a force has. */
  perMessage: 3_000,
  /** A reader for whom so much waits is told of events first, and of positions later. */
  waitingBytes: 256 * 1024,
} as const;
