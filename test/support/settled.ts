/** What a sender is told in the end: on a busy machine it may be told to come again, because Redis took more than a second. */
export async function settled(send: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await send();
    if (response.status !== 503 || tries === MOST) return response;
    await response.arrayBuffer();
  }
}

const MOST = 10;
