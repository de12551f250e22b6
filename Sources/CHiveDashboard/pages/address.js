/** Going to another page. */
export const go = (address) => { location.hash = address; };
