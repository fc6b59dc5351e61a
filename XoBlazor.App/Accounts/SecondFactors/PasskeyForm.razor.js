// Asks the browser for a passkey when a form with data-passkey is sent, and sends the answer in its place.
const words = {
  NotAllowedError: 'It was cancelled, or took too long. Try again.',
  InvalidStateError: 'This device or key is registered already. Use another one.',
  SecurityError: 'The browser does not allow passkeys at this address: open the server by its name, over HTTPS.',
  NotSupportedError: 'This device knows no kind of passkey that can be used here.',
};

async function ask(kind, options) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON)
    throw new DOMException('', window.isSecureContext ? 'NotSupportedError' : 'SecurityError');
  return kind === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const problem = form.querySelector('[role=alert]');
    const button = form.querySelector('button');
    problem.hidden = true;
    button.disabled = true;
    try {
      const credential = await ask(form.dataset.passkey, JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      problem.textContent = words[error.name] ?? `The browser could not use a passkey: ${error.message}`;
      problem.hidden = false;
      button.disabled = false;
    }
  });
}
