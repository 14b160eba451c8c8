// A script of the head, not a module: it runs before the first paint, so that a dark page never flashes light.
document.documentElement.dataset.theme = localStorage.theme ?? 'system';

addEventListener('DOMContentLoaded', () => {
  const choices = document.querySelectorAll('input[name="theme"]');
  for (const choice of choices) {
    choice.checked = choice.value === document.documentElement.dataset.theme;
    choice.addEventListener('change', () => {
      localStorage.theme = choice.value;
      document.documentElement.dataset.theme = choice.value;
    });
  }
});
