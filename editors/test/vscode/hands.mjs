// What a person's hands do in VS Code.
import path from 'node:path';
import { SHOTS, until } from './start.mjs';

/** The moves on one page. */
export function hands(page) {
  const input = page.locator('.quick-input-widget input.input');
  const editor = page.locator('.editor-instance .monaco-editor').first();
  const problems = page.locator('.markers-panel .monaco-list-row');
  const focus = () => page.keyboard.press('Control+1');

  const shot = (name, clip) => page.screenshot({ path: path.join(SHOTS, `${name}.png`), clip });

  const goto = async (line, column) => {
    await page.mouse.move(5, 5);
    await focus();
    await page.keyboard.press('Control+G');
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  };

  const command = async (title) => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first().click();
  };

  // A command that offers a list, and a choice from it.
  const pick = async (title, choice) => {
    await command(title);
    await until('the list is there', async () => (await input.isVisible()) && !(await input.inputValue()).startsWith('>'));
    await input.fill(choice);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).first().click();
  };

  const hover = async (line, column, text) => {
    await goto(line, column);
    await command('Show or Focus Hover');
    const shown = page.locator('.monaco-hover:not(.hidden)', { hasText: text }).first();
    await shown.waitFor();
    return shown;
  };

  // Applies a quick fix to the first problem of a rule, and waits until the problems are others.
  const fix = async (rule, wanted, look = async () => {}) => {
    const panel = page.locator('.markers-panel');
    const before = await panel.innerText();
    const action = page.locator('.action-widget .monaco-list-row.action', { hasText: wanted }).first();
    await until(`the quick fixes of ${rule}`, async () => {
      await page.keyboard.press('Escape');
      await problems.filter({ hasText: rule }).first().click(); // selects the member in the editor
      await page.locator('.statusbar-item', { hasText: 'selected)' }).waitFor();
      await focus();
      await page.keyboard.press('Control+.');
      return action.waitFor({ timeout: 4000 }).then(() => true, () => false);
    });
    await look();
    const title = (await action.innerText()).trim();
    await action.click();
    await until(`"${title}" changes the problems`, async () => (await panel.innerText()) !== before);
    return title;
  };

  // The frame of the layout view's own page, within the frames that VS Code puts around it.
  const layout = page.frameLocator('iframe.webview').last().frameLocator('iframe');

  return { page, editor, problems, input, focus, shot, goto, command, pick, hover, fix, layout };
}
