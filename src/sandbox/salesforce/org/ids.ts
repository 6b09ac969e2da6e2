const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The id of an object's record number so and so: 18 characters, and greater for a greater number. */
export function mintId(keyPrefix: string, number: number): string {
  let serial = '';
  for (let left = number; serial.length < 9; left = Math.floor(left / 62)) serial = DIGITS.charAt(left % 62) + serial;
  return withCheck(`${keyPrefix}Gg0${serial}`);
}

/** The 18-character form of an id of 15 or 18 characters; undefined for what is no id. */
export function fullId(id: string): string | undefined {
  if (id.length === 18) return /^[A-Za-z0-9]{18}$/.test(id) ? withCheck(id.slice(0, 15)) : undefined;
  return /^[A-Za-z0-9]{15}$/.test(id) ? withCheck(id) : undefined;
}

/** Three more characters say which letters are capitals, for whoever ignores case. */
function withCheck(id: string): string {
  let check = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let place = 0; place < 5; place++) {
      const code = id.charCodeAt(chunk * 5 + place);
      if (code >= 65 && code <= 90) bits |= 1 << place;
    }
    check += CHECK.charAt(bits);
  }
  return id + check;
}
