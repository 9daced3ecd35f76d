// Forms that a passkey answers. The server makes the challenge and checks the answer; this hands them to the browser and back.
(() => {
  const kind = globalThis.PublicKeyCredential;
  const isSupported = Boolean(kind?.parseCreationOptionsFromJSON && kind.parseRequestOptionsFromJSON && kind.prototype.toJSON);

  const post = async (path, body) => {
    const response = await fetch(path, { method: 'POST', body });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status}`);
    }

    return response;
  };

  const askBrowser = (ceremony, options) => ceremony === 'get'
    ? navigator.credentials.get({ publicKey: kind.parseRequestOptionsFromJSON(options) })
    : navigator.credentials.create({ publicKey: kind.parseCreationOptionsFromJSON(options) });

  const answer = async form => {
    const body = new URLSearchParams(new FormData(form));
    const options = await (await post(form.dataset.opsChallenge, body)).json();
    body.set('credential', JSON.stringify(await askBrowser(form.dataset.opsPasskey, options)));
    await post(form.action, body);
    location.assign(form.dataset.opsNext);
  };

  for (const form of isSupported ? document.querySelectorAll('[data-ops-passkey]') : []) {
    const button = form.querySelector('button');
    const alert = form.querySelector('[role=alert]');
    form.hidden = false;
    form.addEventListener('submit', async event => {
      event.preventDefault();
      button.disabled = true;
      alert.hidden = true;
      try {
        await answer(form);
      } catch {
        // Refused by the server, or by the browser: it does not tell a passkey that is missing from a user who cancels.
        alert.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
  }

  for (const hint of isSupported ? document.querySelectorAll('[data-ops-unsupported]') : []) {
    hint.hidden = true;
  }

  for (const form of document.querySelectorAll('[data-ops-confirm]')) {
    form.addEventListener('submit', event => {
      if (!confirm(form.dataset.opsConfirm)) {
        event.preventDefault();
      }
    });
  }
})();
