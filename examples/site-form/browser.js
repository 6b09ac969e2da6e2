// Runs in the visitor's browser. It sends the form to your own server and nowhere else, so that no secret ever comes here.
// <form data-form="demo-request"> <input name="email" type="email" required> <button>Send</button> <output></output> </form>
for (const form of document.querySelectorAll('form[data-form]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answer = await fetch(`/forms/${form.dataset.form}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    form.querySelector('output').textContent = answer.ok ? 'Thank you: we call you soon.' : 'Please try again.';
  });
}
