// The worker that solves a riddle: which number, put behind the salt, has this SHA-256?
const AT_ONCE = 500;
const hex = (bytes) => Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");

self.onmessage = async ({ data: riddle }) => {
  const text = new TextEncoder();
  for (let first = 0; first <= riddle.maxNumber; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, more) => first + more);
    const sums = await Promise.all(numbers.map((one) => crypto.subtle.digest("SHA-256", text.encode(riddle.salt + one))));
    const found = sums.findIndex((sum) => hex(sum) === riddle.challenge);
    if (found < 0) continue;
    const { algorithm, challenge, salt, signature } = riddle;
    self.postMessage(btoa(JSON.stringify({ algorithm, challenge, salt, signature, number: first + found })));
    return;
  }
};
