/** Under which name the picture of the room is kept in a browser, and at which address its worker answers with it. */
export const pictureCache = 'heed-picture';
export const picturePath = '/console/picture';
