// Language and colours, remembered in cookies so that the server writes the next page right at once.
(() => {
  const year = 365 * 24 * 60 * 60;
  const remember = (name, value) => {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `${name}=${value}; Path=/; Max-Age=${year}; SameSite=Strict${secure}`;
  };

  document.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target.closest('[data-ops-language], [data-ops-theme]') : null;
    if (target?.hasAttribute('data-ops-language')) {
      remember('connect-ops-language', target.getAttribute('data-ops-language'));
      location.assign(location.pathname);
    } else if (target) {
      const root = document.documentElement;
      const now = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
      root.dataset.theme = now === 'dark' ? 'light' : 'dark';
      remember('connect-ops-theme', root.dataset.theme);
    }
  });
})();
