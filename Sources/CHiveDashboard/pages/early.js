// Before anything is painted: the colours that this browser was told to use.
(() => {
  const chosen = localStorage.getItem('hive.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
