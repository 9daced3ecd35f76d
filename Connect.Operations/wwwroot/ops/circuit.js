// Connects the page. Requests are spread over several replicas, so the connection is one request from its beginning: a
// WebSocket without negotiation. What was connected lives in one replica only, so a page that lost it for good loads anew.
(() => {
  const webSockets = 1;
  const pause = 1000;
  const attempts = 5;
  const patience = 3000;
  const shown = () => document.getElementById('components-reconnect-modal');
  const wait = () => new Promise(resolve => setTimeout(resolve, pause));
  const within = promise => Promise.race([promise, new Promise(resolve => setTimeout(resolve, patience, false))]);
  let isLeaving = false;
  let isReconnecting = false;

  addEventListener('pagehide', () => { isLeaving = true; });

  // Only a server that answers is worth loading from: else the browser's own error would stand there for good.
  const reload = async () => {
    for (;;) {
      try {
        if ((await fetch('alive', { cache: 'no-store', signal: AbortSignal.timeout(patience) })).ok) {
          location.reload();
          return;
        }
      } catch {
        // Still away.
      }

      await wait();
    }
  };

  const reconnect = async () => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        // False: the replica that answered does not know the page, or none answered in time. The answer to a second attempt would be true.
        return await within(Blazor.reconnect());
      } catch {
        // Nobody is there.
      }

      await wait();
    }

    return false;
  };

  const handler = {
    onConnectionDown: async () => {
      if (isLeaving || isReconnecting) {
        return;
      }

      isReconnecting = true;
      document.documentElement.dataset.connection = 'lost';
      shown()?.show();
      if (!await reconnect()) {
        await reload();
      }
    },
    onConnectionUp: () => {
      isReconnecting = false;
      document.documentElement.dataset.connection = 'live';
      shown()?.close();
    },
  };

  // A dialog of the browser keeps the focus inside, closes on Escape, and gives the focus back.
  globalThis.connectOps = {
    open: dialog => { if (!dialog.open) { dialog.showModal(); } },
    close: dialog => dialog.close(),
  };

  Blazor.start({
    circuit: {
      reconnectionHandler: handler,
      configureSignalR: builder => builder.withUrl('_blazor', { transport: webSockets, skipNegotiation: true }),
    },
  }).then(
    () => { document.documentElement.dataset.connection = 'live'; },
    () => handler.onConnectionDown());
})();
