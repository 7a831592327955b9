/** The header with which a window says whose it is: its browser may hold somebody else's session by now. */
export const personHeader = 'heed-person';
