/**
 * Runs in the page before the renderer does, after the fake core. Adds `paintTimes(contactId)`: lets
 * a message arrive and tells the milliseconds from the bridge's event (before the renderer hears of
 * it) to the row in the document, and to the end of the frame that shows it; and `longTasks`, how
 * long the browser says that tasks of more than 50 ms took, time of other programs included.
 */
export const PAGE_PROBE = `
(() => {
  let told = 0;
  const { subscribe } = parley;
  parley.subscribe = (channel, after, listener) =>
    subscribe(channel, after, (batch) => {
      const added = batch.type === 'events' && batch.events.some(({ event }) => event.type === 'message-added');
      if (added) told = performance.now();
      listener(batch);
    });
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map((it) => it.duration));
  }).observe({ type: 'longtask' });
  globalThis.paintTimes = (contactId) =>
    new Promise((resolve) => {
      const log = document.querySelector('[role="log"]');
      const { port1, port2 } = new MessageChannel();
      let seq = null;
      let there = 0;
      const isThere = () => seq !== null && log.querySelector('[data-seq="' + seq + '"]') !== null;
      const observer = new MutationObserver(() => {
        if (there === 0 && isThere()) there = performance.now();
      });
      observer.observe(log, { childList: true, subtree: true });
      port2.onmessage = () => {
        observer.disconnect();
        port2.close();
        const painted = performance.now();
        resolve({ document: there - told, painted: painted - told });
      };
      // A message from a frame's callback is handled when that frame has been laid out and painted.
      const look = () => {
        if (isThere()) port1.postMessage(null);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      seq = fakeCore.receive(contactId, 'A message that has just arrived').seq;
    });
})();
`;
