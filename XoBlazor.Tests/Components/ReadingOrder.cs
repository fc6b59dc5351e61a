using Microsoft.Playwright;

namespace XoBlazor.Tests.Components;

/// <summary>Whether words of ours stand on a page as they are read: letters and words from left to right.</summary>
internal static class ReadingOrder
{
    private const string Check = """
        () => {
          const problems = [];
          const last = new Map();
          const range = document.createRange();
          const place = (node, at) => { range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect(); };
          const lineOf = element => getComputedStyle(element).display === 'inline' ? lineOf(element.parentElement) : element;
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node; (node = texts.nextNode());) {
            if (/^(SCRIPT|STYLE|OPTION)$/.test(node.parentElement.tagName))
              continue;
            const box = lineOf(node.parentElement);
            for (const { 0: word, index } of node.data.matchAll(/[A-Za-z0-9]+/g)) {
              const [first, end] = [place(node, index), place(node, index + word.length - 1)];
              if (first.width === 0 || Math.abs(first.top - end.top) > 2)
                continue;
              const before = last.get(box);
              if (end.left < first.left - 1)
                problems.push(`"${word}" is turned round in "${box.textContent.trim().slice(0, 120)}"`);
              else if (before && Math.abs(before.top - first.top) < 2 && first.left < before.right - 1)
                problems.push(`"${word}" stands before "${before.word}" in "${box.textContent.trim().slice(0, 120)}"`);
              last.set(box, { word, top: first.top, right: end.right });
            }
          }
          return [...new Set(problems)];
        }
        """;

    public static Task<string[]> ProblemsAsync(IPage page) => page.EvaluateAsync<string[]>(Check);
}
