/** Where the page is: who speaks, in which conversation. `chat.js` sets it, everybody reads it. */
export const here = {
  /** The example people: `{ id, name, role }`. */
  people: [],
  /** The id of one of them. */
  person: '',
  /** `PERSON.NAME` */
  conversation: '',
};
