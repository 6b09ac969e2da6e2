/** HubSpot's ids are 64-bit numbers. */
const HIGHEST_ID = 2n ** 63n - 1n;

/** Whether a record may have this id: HubSpot would refuse a whole batch for the sake of one that none can have. */
export function isRecordId(id: string): boolean {
  return /^\d{1,19}$/.test(id) && BigInt(id) <= HIGHEST_ID;
}
