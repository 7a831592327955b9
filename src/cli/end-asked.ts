/** Resolves with the first signal to end; a second one is not waited for. */
export async function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    let times = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        times += 1;
        if (times > 1) process.exit(1);
        resolve();
      });
  });
}
