using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Support;

/// <summary>What a person does on pages that also change by themselves: found and done in one beat of the page, for in the next the element may be another.</summary>
internal static class Doing
{
    public static void Do(this IRenderedComponent<IComponent> page, Func<IElement> find, Action<IElement> act) =>
        page.InvokeAsync(() => act(find())).GetAwaiter().GetResult();

    /// <summary>Waits until the element is there.</summary>
    public static void DoWhenThere(this IRenderedComponent<IComponent> page, string selector, Action<IElement> act)
    {
        page.WaitForElement(selector, Patience.Limit);
        page.Do(() => page.Find(selector), act);
    }
}
